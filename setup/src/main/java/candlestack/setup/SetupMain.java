package candlestack.setup;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps that are named, or all, one after the other: the one-shot job of the containers. */
public final class SetupMain {
    private static final Logger log = LoggerFactory.getLogger(SetupMain.class);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int FAILED = 1;
    private static final int INVALID_CONFIGURATION = 2;

    private SetupMain() {}

    public static void main(String[] names) throws InterruptedException {
        System.exit(run(List.of(names), System.getenv()));
    }

    static int run(List<String> names, Map<String, String> environment) throws InterruptedException {
        Settings settings;
        try {
            settings = settings(environment);
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            return INVALID_CONFIGURATION;
        }
        List<SetupStep> steps = SetupSteps.all(settings);
        List<String> known = steps.stream().map(SetupStep::name).toList();
        if (!known.containsAll(names)) {
            System.err.println("Unknown step in " + names + ", expected some of " + known);
            return INVALID_CONFIGURATION;
        }
        for (SetupStep step : steps) {
            if ((names.isEmpty() || names.contains(step.name())) && !succeeds(step)) {
                return FAILED;
            }
        }
        handOut(settings);
        return 0;
    }

    /** In containers: what the steps were given by their servers, such as tokens, goes to those who use it. */
    private static void handOut(Settings settings) {
        settings.get(Keys.SECRETS_HANDOUT)
                .ifPresent(
                        folder -> new SecretsHandout(new Secrets(settings.secretsDirectory()), Path.of(folder)).run());
    }

    private static boolean succeeds(SetupStep step) throws InterruptedException {
        try {
            step.run(PATIENCE);
            log.info("{} is set up", step.name());
            return true;
        } catch (SetupException e) {
            log.error("{}", e.getMessage());
            return false;
        }
    }

    static Settings settings(Map<String, String> environment) {
        Path file = Path.of(
                Optional.ofNullable(environment.get("CANDLESTACK_CONFIG")).orElse("candlestack.yaml"));
        return Settings.load(file, environment);
    }
}
