package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Runs the market's query on a few made-up quotes, without Kafka, and ends. A JVM that was told to archive the classes
 * it has loaded then lets the job start in half the time; it does nothing else.
 */
public final class Rehearsal {
    private static final int QUOTES = 1000;
    private static final long BATCHES = 3;
    private static final long PAUSE_MILLIS = 100;

    private Rehearsal() {}

    /** @param arguments a folder for all that is written, which is the caller's to remove */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.load(
                Path.of("no-such-file.yaml"),
                Map.of(
                        "CANDLESTACK_HOME",
                        Path.of(arguments[0]).toAbsolutePath().toString()));
        SparkSession session = SparkSessions.start(settings);
        MemoryStream<IncomingRecord> quotes = MemoryStream.apply(Encoders.bean(IncomingRecord.class), session);
        quotes.addData(CollectionConverters.asScala(records()).toSeq());
        StreamingQuery query = new MarketStream()
                .transform(quotes.toDS(), settings)
                .writeStream()
                .format("noop")
                .option("checkpointLocation", settings.checkpoints())
                .outputMode("update")
                .start();
        // It never says that all is done: batches that look at the clock follow those with quotes.
        while (query.lastProgress() == null || query.lastProgress().batchId() < BATCHES) {
            if (query.awaitTermination(PAUSE_MILLIS)) {
                throw new IllegalStateException("The query has ended by itself");
            }
        }
        query.stop();
        session.stop();
    }

    private static List<IncomingRecord> records() {
        List<IncomingRecord> records = new ArrayList<>();
        for (int i = 0; i < QUOTES; i++) {
            long second = 1_700_000_000L + i;
            IncomingRecord record = new IncomingRecord();
            record.setTopic("market.quotes");
            record.setOffset(i);
            record.setStampMillis(second * 1000);
            record.setHeaders(List.of(new RecordHeader(IncomingRecord.EVENT_ID, ("r#" + i).getBytes(UTF_8))));
            record.setValue(("{\"symbol\":\"R" + i % 5 + "\",\"time\":\"" + IsoTime.format(second * 1_000_000_000)
                            + "\",\"price\":" + (100 + i % 7) + ",\"size\":1}")
                    .getBytes(UTF_8));
            records.add(record);
        }
        return records;
    }
}
