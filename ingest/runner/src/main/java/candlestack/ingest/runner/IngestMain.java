package candlestack.ingest.runner;

import candlestack.config.ConfigException;
import candlestack.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the sources until SIGTERM. */
public final class IngestMain {
    private static final Logger LOG = LoggerFactory.getLogger(IngestMain.class);
    private static final int INVALID_CONFIGURATION = 2;
    private static final Duration STOP = Duration.ofMillis(4500);

    private IngestMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        Settings settings;
        List<Plan> plans;
        try {
            settings = settings(environment);
            plans = plans(settings, environment);
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        Ingest ingest = new Ingest(
                new Ingest.Setting(settings.home(), settings.kafkaBootstrap(), Clock.tickMillis(ZoneOffset.UTC)),
                plans);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ingest), "stop"));
        ingest.run(() -> System.out.println("ready " + summary(plans) + " to " + settings.kafkaBootstrap()));
    }

    static Settings settings(Map<String, String> environment) {
        Path file = Path.of(
                Optional.ofNullable(environment.get("CANDLESTACK_CONFIG")).orElse("candlestack.yaml"));
        return Settings.load(file, environment);
    }

    /**
     * A source that cannot run is said and harms no other.
     *
     * @throws ConfigException with all problems, if not one of the sources that somebody wants can run
     */
    static List<Plan> plans(Settings settings, Map<String, String> environment) {
        List<Plan> plans = new Planner(Catalog.installed(), environment).plan(settings.sources());
        List<String> problems =
                plans.stream().flatMap(plan -> plan.problems().stream()).toList();
        boolean someWanted = plans.stream().anyMatch(plan -> plan.enabled() == Plan.Enablement.ENABLED);
        if (someWanted && plans.stream().noneMatch(Plan::runs)) {
            throw new ConfigException(problems);
        }
        problems.forEach(problem -> LOG.warn("{}", problem));
        return plans;
    }

    private static String summary(List<Plan> plans) {
        String running = plans.stream().filter(Plan::runs).map(Plan::name).collect(Collectors.joining(", "));
        return running.isEmpty() ? "no source" : running;
    }

    /** The end of SIGTERM's hook decides the exit code; whatever thread a source left behind ends with it. */
    private static void stop(Ingest ingest) {
        ingest.stop();
        try {
            if (!ingest.awaitStopped(STOP)) {
                LOG.warn("not all could be stopped in {} ms", STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
