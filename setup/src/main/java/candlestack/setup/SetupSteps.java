package candlestack.setup;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** The steps of the stack, in no particular order: none needs another. */
public final class SetupSteps {
    private SetupSteps() {}

    /** Those of MongoDB and Cassandra only where the user stream runs. */
    public static List<SetupStep> all(Settings settings) {
        List<SetupStep> steps = new ArrayList<>(List.of(kafka(settings), influxdb(settings), postgres(settings)));
        if (settings.wantsUserStores()) {
            steps.add(mongodb(settings));
            steps.add(cassandra(settings));
        }
        return List.copyOf(steps);
    }

    /** The topics. */
    public static SetupStep kafka(Settings settings) {
        return new KafkaSetup(settings);
    }

    /** Organisation, buckets, and the tokens of writer and reader. */
    public static SetupStep influxdb(Settings settings) {
        return new InfluxSetup(settings, new Secrets(settings.secretsDirectory()), Buckets.load(settings));
    }

    /** Database, roles and tables. */
    public static SetupStep postgres(Settings settings) {
        return new PostgresSetup(settings.postgresUrl(), new Secrets(settings.secretsDirectory()));
    }

    /** Collections, indexes and, where the server knows logins, those of writer and reader. */
    public static SetupStep mongodb(Settings settings) {
        return new MongoSetup(settings);
    }

    /** Keyspace, roles and tables. */
    public static SetupStep cassandra(Settings settings) {
        return new CassandraSetup(settings, new Secrets(settings.secretsDirectory()));
    }
}
