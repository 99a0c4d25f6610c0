package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.ingest.runner.plugin.PluginFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to run, by the configuration and the plugins as they are now. A configuration with a mistake changes nothing:
 * what was read before it goes on. One thread's.
 */
final class SourcePlans {
    private static final Logger LOG = LoggerFactory.getLogger(SourcePlans.class);

    private final Map<String, String> environment;
    private final Clock clock;
    private final Catalog builtIn;
    private final PluginFolder plugins;
    private Settings settings;
    private List<Plan> plans;
    private Overview.Configuration configuration;
    private boolean hadFile;

    private SourcePlans(Map<String, String> environment, Settings settings, Clock clock, Path copies)
            throws InterruptedException {
        this.environment = Map.copyOf(environment);
        this.settings = settings;
        this.clock = clock;
        this.builtIn = Catalog.installed();
        this.plugins = new PluginFolder(directory(environment, settings), copies, builtIn.names());
        plugins.open();
        this.plans = planned(settings);
        this.configuration = new Overview.Configuration(clock.instant(), 1, List.of());
        this.hadFile = Files.exists(configFile(environment));
    }

    /**
     * Loads the plugins.
     *
     * @param copies a folder of this process, for the copies that plugins are loaded from
     * @throws ConfigException if a selected source is neither configured nor installed
     */
    static SourcePlans of(Map<String, String> environment, Settings settings, Clock clock, Path copies)
            throws InterruptedException {
        return new SourcePlans(environment, settings, clock, copies);
    }

    /** Relative to the file that may name it. */
    static Path directory(Map<String, String> environment, Settings settings) {
        Path file = configFile(environment).toAbsolutePath().normalize();
        return requireNonNull(file.getParent(), "a file has a parent").resolve(settings.get(Keys.PLUGINS_DIRECTORY));
    }

    static Path configFile(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("CANDLESTACK_CONFIG", "candlestack.yaml"));
    }

    Settings settings() {
        return settings;
    }

    List<Plan> plans() {
        return plans;
    }

    Catalog catalog() {
        return builtIn.with(plugins.types());
    }

    Ingest.Change current() {
        return new Ingest.Change(plans, overview());
    }

    Overview overview() {
        return new Overview(plugins.reports(), configuration);
    }

    /** Looks at the folder of plugins. @return whether something has changed */
    boolean refreshPlugins() throws InterruptedException {
        if (!plugins.refresh()) {
            return false;
        }
        try {
            plans = planned(settings);
        } catch (ConfigException e) {
            // What somebody selected by name is gone: the others go on.
            LOG.warn("{}", e.getMessage());
        }
        return true;
    }

    /** Reads the file again. What it says is taken as a whole or not at all; {@link #overview} says which. */
    void reload() {
        List<String> problems;
        try {
            problems = read();
        } catch (ConfigException e) {
            problems = e.problems();
        }
        configuration = new Overview.Configuration(clock.instant(), configuration.count() + 1, problems);
        if (problems.isEmpty()) {
            LOG.info("Took the configuration: {}", names(plans));
        } else {
            LOG.warn("Cannot take the configuration, the one before goes on:\n  {}", String.join("\n  ", problems));
        }
    }

    /**
     * A file that was there and is gone is being replaced, or is missed: it does not say that everything is by default.
     */
    private List<String> read() {
        Path file = configFile(environment);
        boolean isThere = Files.exists(file);
        if (hadFile && !isThere) {
            return List.of("Cannot read " + file + ": it is not there");
        }
        List<String> problems = take(Settings.load(file, environment));
        hadFile |= isThere && problems.isEmpty();
        return problems;
    }

    /** @return why not, from each source that is new or was changed; what was wrong before is no reason */
    private List<String> take(Settings next) {
        List<Plan> wanted = planned(next);
        List<String> problems = wanted.stream()
                .filter(plan -> !plan.problems().isEmpty() && hasChanged(plan.name(), next))
                .flatMap(plan -> plan.problems().stream())
                .toList();
        if (problems.isEmpty()) {
            settings = next;
            plans = wanted;
        }
        return problems;
    }

    private boolean hasChanged(String source, Settings next) {
        return !written(source, settings).equals(written(source, next));
    }

    private static List<String> written(String source, Settings settings) {
        return settings.sources().stream()
                .filter(one -> one.name().equals(source))
                .flatMap(one -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(one.type(), String.valueOf(one.enabled())),
                        one.options().entrySet().stream()
                                .map(option -> option.getKey() + "="
                                        + option.getValue().value())
                                .sorted()))
                .toList();
    }

    private List<Plan> planned(Settings wanted) {
        Planner.Unwritten unwritten =
                wanted.get(Keys.PLUGINS_AUTOSTART) ? Planner.Unwritten.STARTS : Planner.Unwritten.STAYS_OFF;
        return new Planner(catalog(), environment, unwritten).plan(wanted.sources());
    }

    static String names(List<Plan> plans) {
        String running = plans.stream().filter(Plan::runs).map(Plan::name).collect(Collectors.joining(", "));
        return running.isEmpty() ? "no source" : running;
    }
}
