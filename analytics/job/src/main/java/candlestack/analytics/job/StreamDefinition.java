package candlestack.analytics.job;

import candlestack.config.Key;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.streaming.OutputMode;

/**
 * One stream of the product: what it reads and what becomes of it. A new stream is a class of this kind and its line in
 * {@link Streams}; reading, writing, checkpoints, metrics and restarts are the job's.
 */
interface StreamDefinition {
    /** Names its query, its metrics and its checkpoint; never to be changed. */
    String name();

    /** What it reads, from the earliest record on. */
    List<Topic> topics();

    /** Of what the query keeps: to be raised whenever a checkpoint of the last version cannot be continued. */
    int stateVersion();

    /** Whether the records' keys are read: bytes that travel with every record. */
    enum KeyColumn {
        READ,
        LEFT_OUT
    }

    default KeyColumn keyColumn() {
        return KeyColumn.LEFT_OUT;
    }

    default OutputMode outputMode() {
        return OutputMode.Update();
    }

    /** The setting of the shortest time between two batches. */
    default Key<Duration> trigger() {
        return Keys.ANALYTICS_TRIGGER;
    }

    /** The setting of the partitions of its state. */
    default Key<Integer> partitions() {
        return Keys.ANALYTICS_PARTITIONS;
    }

    /** Turns records into records: pure wiring, the work is done by classes that do not know Spark. */
    Dataset<OutgoingRecord> transform(Dataset<IncomingRecord> records, Settings settings);
}
