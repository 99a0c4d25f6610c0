package candlestack.analytics.job;

import candlestack.config.Keys;
import candlestack.config.Settings;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** How Spark is set up, and why. */
final class SparkSessions {
    private static final String STREAMING = "spark.sql.streaming.";
    private static final String STATE = STREAMING + "stateStore.";

    private SparkSessions() {}

    static SparkSession start(Settings settings) {
        return SparkSession.builder().config(configuration(settings)).getOrCreate();
    }

    /** Whether the whole job is one process on one machine, so that its files are those of the home. */
    static boolean isLocal(Settings settings) {
        return isLocal(withMaster(new SparkConf(), settings));
    }

    private static boolean isLocal(SparkConf conf) {
        return conf.get("spark.master").startsWith("local");
    }

    /** What spark-submit says comes first. */
    private static SparkConf withMaster(SparkConf conf, Settings settings) {
        return conf.setIfMissing("spark.master", settings.get(Keys.ANALYTICS_MASTER));
    }

    private static SparkConf configuration(Settings settings) {
        SparkConf conf = new SparkConf()
                .setAppName("candlestack-analytics")
                .set("spark.ui.enabled", "false")
                .set("spark.sql.session.timeZone", "UTC")
                // Every task costs more than its rows do; the first checkpoint fixes the number.
                .set("spark.sql.shuffle.partitions", Integer.toString(settings.get(Keys.ANALYTICS_PARTITIONS)))
                .set("spark.sql.adaptive.enabled", "false")
                // Session artifacts are for interactive shells; without them there is a folder less to make and remove.
                .set("spark.sql.artifact.isolation.enabled", "false");
        withMaster(conf, settings);
        if (isLocal(conf)) {
            // All in one process: nobody else needs to find it.
            conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
            conf.set("spark.local.dir", settings.home().resolve("tmp/spark").toString());
        }
        withState(conf);
        return conf;
    }

    private static void withState(SparkConf conf) {
        conf.set(STATE + "providerClass", "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")
                // A batch uploads what it changed, not the database.
                .set(STATE + "rocksdb.changelogCheckpointing.enabled", "true")
                .set(STATE + "rocksdb.boundedMemoryUsage", "true")
                .set(STATE + "rocksdb.maxMemoryUsageMB", "128")
                .set(STATE + "rocksdb.trackTotalNumberOfRows", "true")
                .set(STREAMING + "minBatchesToRetain", "20")
                .set(STREAMING + "numRecentProgressUpdates", "5")
                .set("spark.hadoop.fs.file.impl", UnforkedFileSystem.class.getName())
                // Of the two managers the one that goes through fs.file.impl.
                .set(
                        STREAMING + "checkpointFileManagerClass",
                        "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager");
    }
}
