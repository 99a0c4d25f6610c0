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
import java.util.concurrent.atomic.AtomicBoolean;
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
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        // First of all: without a listener the signal ends the process.
        AtomicBoolean reload = new AtomicBoolean();
        Hangup.onSignal(() -> reload.set(true));
        SourcePlans plans;
        try {
            plans = plans(environment, clock);
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        Settings settings = plans.settings();
        LastWords.ofTheProcessBefore(settings.home()).ifPresent(words -> LOG.warn("Before this one, {}", words));
        Ingest ingest =
                new Ingest(new Ingest.Setting(settings.home(), settings.kafkaBootstrap(), clock), plans.current());
        SourceWatch watch = new SourceWatch(plans, SourcePlans.configFile(environment), ingest::change, reload);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ingest), "stop"));
        String summary = SourcePlans.names(plans.plans());
        watch.start();
        ingest.run(() -> System.out.println("ready " + summary + " to " + settings.kafkaBootstrap()));
    }

    static Settings settings(Map<String, String> environment) {
        return Settings.load(SourcePlans.configFile(environment), environment);
    }

    /**
     * A source that cannot run is said and harms no other.
     *
     * @throws ConfigException with all problems, if not one of the sources that somebody wants can run
     */
    private static SourcePlans plans(Map<String, String> environment, Clock clock)
            throws IOException, InterruptedException {
        Settings settings = settings(environment);
        Path copies = Ingest.runDirectory(settings.home()).resolve("plugins");
        Copies.clear(copies);
        SourcePlans plans = SourcePlans.of(environment, settings, clock, copies);
        List<String> problems =
                plans.plans().stream().flatMap(plan -> plan.problems().stream()).toList();
        boolean someWanted = plans.plans().stream().anyMatch(plan -> plan.enabled() == Plan.Enablement.ENABLED);
        if (someWanted && plans.plans().stream().noneMatch(Plan::runs)) {
            throw new ConfigException(problems);
        }
        problems.forEach(problem -> LOG.warn("{}", problem));
        return plans;
    }

    /** The end of SIGTERM's hook decides the exit code; whatever thread a source left behind ends with it. */
    private static void stop(Ingest ingest) {
        LastWords.whoEndsUs(Thread.getAllStackTraces()).ifPresent(words -> LOG.error("Not told to stop: {}", words));
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
