package candlestack.setup;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.util.List;

/** The steps of the stack, in no particular order: none needs another. */
public final class SetupSteps {
    private SetupSteps() {}

    public static List<SetupStep> all(Settings settings) {
        return List.of(kafka(settings), influxdb(settings), postgres(settings));
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
}
