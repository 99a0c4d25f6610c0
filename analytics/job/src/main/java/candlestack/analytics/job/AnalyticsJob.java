package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import candlestack.config.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one query a stream until one fails or the process is told to stop. */
final class AnalyticsJob {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyticsJob.class);

    /** How long the other streams wait at most for the first. */
    private static final Duration HEAD_START = Duration.ofSeconds(40);

    private final Settings settings;
    private final List<StreamDefinition> streams;

    AnalyticsJob(Settings settings, List<StreamDefinition> streams) {
        this.settings = requireNonNull(settings, "settings is null");
        this.streams = List.copyOf(streams);
    }

    /** Blocks. Returns never: the process ends by a signal, or this ends by the exception of a query. */
    void run(CleanStop stop) throws InterruptedException, TimeoutException, StreamingQueryException {
        SparkSession session = SparkSessions.start(settings);
        stop.covers(session);
        CheckpointGuard guard = new CheckpointGuard(
                settings.checkpoints(), session.sparkContext().hadoopConfiguration());
        streams.forEach(guard::admit);
        KafkaReadiness.await(settings.kafkaBootstrap());
        try (MetricsPublisher publisher = new MetricsPublisher(settings.kafkaBootstrap())) {
            QueryMetrics metrics = new QueryMetrics(publisher);
            session.streams().addListener(metrics);
            session.streams().addListener(new StatusFile(settings.home(), InstantSource.system()));
            start(session, streams.get(0), guard);
            // Started together all would begin later: the first batches compile their code on the same cores.
            metrics.awaitEase(streams.get(0).name(), HEAD_START);
            // What waits for this line and is not needed for the first candles has waited until they were there.
            System.out.println("ready: " + streams.size() + " stream(s) from " + settings.kafkaBootstrap());
            for (StreamDefinition stream : streams.subList(1, streams.size())) {
                start(session, stream, guard);
            }
            session.streams().awaitAnyTermination();
        }
    }

    private void start(SparkSession session, StreamDefinition stream, CheckpointGuard guard) throws TimeoutException {
        // A query takes the session's settings as they are when it starts.
        session.conf()
                .set(
                        "spark.sql.shuffle.partitions",
                        settings.get(stream.partitions()).toString());
        Dataset<OutgoingRecord> transformed = stream.transform(KafkaRecords.read(session, stream, settings), settings);
        transformed
                .toDF()
                .writeStream()
                .queryName(stream.name())
                .format("kafka")
                .options(KafkaRecords.writeOptions(settings))
                .option("checkpointLocation", guard.location(stream))
                .outputMode(stream.outputMode())
                .trigger(Trigger.ProcessingTime(settings.get(stream.trigger()).toMillis()))
                .start();
        LOG.info("Stream {} reads {} at {}", stream.name(), stream.topics(), settings.kafkaBootstrap());
    }
}
