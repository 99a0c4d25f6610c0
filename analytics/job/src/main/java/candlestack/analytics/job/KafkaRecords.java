package candlestack.analytics.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_millis;

import candlestack.analytics.job.StreamDefinition.KeyColumn;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Reading from Kafka and writing to it. */
final class KafkaRecords {
    private KafkaRecords() {}

    /** The records of the stream's topics, from the earliest on, or from where its checkpoint is. */
    static Dataset<IncomingRecord> read(SparkSession session, StreamDefinition stream, Settings settings) {
        return session.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", settings.kafkaBootstrap())
                .option(
                        "subscribe",
                        stream.topics().stream().map(Topic::topicName).collect(Collectors.joining(",")))
                .option("startingOffsets", "earliest")
                .option("includeHeaders", "true")
                .option("maxOffsetsPerTrigger", settings.get(Keys.ANALYTICS_BATCH))
                // What Kafka no longer has cannot be read by failing for ever: QueryMetrics counts and reports it.
                .option("failOnDataLoss", "false")
                .load()
                .select(
                        col("topic"),
                        col("partition"),
                        col("offset"),
                        unix_millis(col("timestamp")).as("stampMillis"),
                        stream.keyColumn() == KeyColumn.READ
                                ? col("key")
                                : lit(null).cast("binary").as("key"),
                        col("value"),
                        col("headers"))
                .as(Encoders.bean(IncomingRecord.class));
    }

    static Map<String, String> writeOptions(Settings settings) {
        return Map.of(
                // A dead letter is a third longer than the record that it holds.
                "kafka.max.request.size", Integer.toString(Topic.LARGEST_RECORD),
                "kafka.bootstrap.servers", settings.kafkaBootstrap(),
                "kafka.acks", "all",
                // With retries, too, the versions of a bar stay in order.
                "kafka.enable.idempotence", "true",
                "kafka.compression.type", "lz4",
                "kafka.batch.size", "131072",
                "kafka.linger.ms", "5");
    }
}
