package candlestack.ingest.runner;

import candlestack.config.ConfigException;
import candlestack.config.Located;
import candlestack.config.SourceSettings;
import candlestack.config.Suggestions;
import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.runner.plugin.Bounded;
import candlestack.ingest.runner.plugin.InstalledType;
import candlestack.ingest.runner.plugin.PluginException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides which sources run, and with what.
 *
 * <p>{@code CANDLESTACK_SOURCES} selects some by instance or type; what is selected runs even if it is switched off.
 */
final class Planner {
    static final String SELECTION = "CANDLESTACK_SOURCES";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,99}";

    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);

    private final Catalog catalog;
    private final Map<String, String> environment;
    private final Unwritten unwritten;

    /** What becomes of a plugin that starts by itself and that no entry is about. */
    enum Unwritten {
        STARTS,
        STAYS_OFF
    }

    Planner(Catalog catalog, Map<String, String> environment) {
        this(catalog, environment, Unwritten.STARTS);
    }

    Planner(Catalog catalog, Map<String, String> environment, Unwritten unwritten) {
        this.catalog = catalog;
        this.environment = Map.copyOf(environment);
        this.unwritten = unwritten;
    }

    /**
     * @param written what the file says; where it says nothing, the default sources run
     * @throws ConfigException if a selected source is neither configured nor installed
     */
    List<Plan> plan(List<SourceSettings> written) {
        List<SourceSettings> configured = written.isEmpty() ? DefaultSources.all() : written;
        List<SourceSettings> all = new ArrayList<>(selected(configured));
        if (selection().isEmpty() && unwritten == Unwritten.STARTS) {
            all.addAll(startedByThemselves(configured));
        }
        return all.stream().map(this::plan).toList();
    }

    /** Of each plugin that wants it and that no entry is about, by type or by name. */
    private List<SourceSettings> startedByThemselves(List<SourceSettings> configured) {
        return catalog.types().stream()
                .filter(InstalledType::startsByItself)
                .filter(type -> configured.stream()
                        .noneMatch(source -> source.type().equals(type.name())
                                || source.name().equals(type.name())))
                .map(type -> new SourceSettings(type.name(), type.name(), true, Map.of(), type.origin()))
                .toList();
    }

    private List<String> selection() {
        return Arrays.stream(environment.getOrDefault(SELECTION, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private List<SourceSettings> selected(List<SourceSettings> configured) {
        List<String> names = selection();
        if (names.isEmpty()) {
            return configured;
        }
        List<SourceSettings> selected = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            List<SourceSettings> found = named(name, configured);
            if (found.isEmpty()) {
                List<String> known = Stream.concat(
                                configured.stream().map(SourceSettings::name), catalog.names().stream())
                        .toList();
                problems.add(where(SELECTION) + ": Unknown source '" + name + "'" + Suggestions.hint(name, known));
            }
            found.stream().filter(source -> !selected.contains(source)).forEach(selected::add);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return selected;
    }

    /** By instance, by type, or as a type that nobody configured; whoever asks for it wants it enabled. */
    private List<SourceSettings> named(String name, List<SourceSettings> configured) {
        List<SourceSettings> found = configured.stream()
                .filter(source -> source.name().equals(name))
                .map(Planner::enabled)
                .toList();
        if (found.isEmpty()) {
            found = configured.stream()
                    .filter(source -> source.type().equals(name))
                    .map(Planner::enabled)
                    .toList();
        }
        return found.isEmpty() && catalog.find(name).isPresent()
                ? List.of(new SourceSettings(name, name, true, Map.of(), where(SELECTION)))
                : found;
    }

    private static SourceSettings enabled(SourceSettings source) {
        return new SourceSettings(source.name(), source.type(), true, source.options(), source.where());
    }

    private Plan plan(SourceSettings source) {
        Plan.Enablement enabled = source.enabled() ? Plan.Enablement.ENABLED : Plan.Enablement.DISABLED;
        List<String> problems = new ArrayList<>();
        if (!source.name().matches(NAME)) {
            problems.add(source.where() + ": Invalid name of a source: '" + source.name()
                    + "', expected letters, digits, '.', '_' and '-'");
        }
        Optional<InstalledType> type = catalog.find(source.type());
        if (type.isEmpty()) {
            problems.add(source.where() + ": Unknown type of source '" + source.name() + "': '" + source.type() + "'"
                    + Suggestions.hint(source.type(), catalog.names()) + "; installed are " + catalog.names());
            return new Plan(source.name(), source.type(), enabled, Optional.empty(), problems);
        }
        Optional<Plan.Ready> ready = bind(source, type.get(), problems).filter(bound -> problems.isEmpty());
        return new Plan(source.name(), source.type(), enabled, ready, problems);
    }

    private static Optional<Plan.Ready> bind(SourceSettings source, InstalledType type, List<String> problems) {
        Map<String, String> written = new TreeMap<>();
        source.options().forEach((option, value) -> written.put(option, value.value()));
        try {
            return Optional.of(new Plan.Ready(type.factory(), bound(type, written), written));
        } catch (InvalidConfigException e) {
            e.problems().forEach(problem -> problems.add(described(problem, source, type.optionNames())));
        } catch (PluginException e) {
            problems.add(source.where() + ": Cannot check the options of '" + source.name() + "': " + type.origin()
                    + " " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Options may parse themselves, and rules are code: a plugin's are not waited for without end. */
    private static Config bound(InstalledType type, Map<String, String> written)
            throws InvalidConfigException, PluginException {
        if (type.origin().equals(InstalledType.BUILT_IN)) {
            return type.config().bind(written);
        }
        try {
            return Bounded.call(
                    "check options of " + type.name(),
                    type.factory().getClass().getClassLoader(),
                    CHECK_LIMIT,
                    () -> type.config().bind(written));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot check the options of '" + type.name() + "': interrupted", e);
        } catch (PluginException e) {
            if (e.getCause() instanceof InvalidConfigException invalid) {
                throw invalid;
            }
            throw e;
        }
    }

    private static String described(ConfigProblem problem, SourceSettings source, List<String> known) {
        Located place = source.options().get(problem.option());
        String hint = known.contains(problem.option()) ? "" : Suggestions.hint(problem.option(), known);
        return (place == null ? source.where() : place.where()) + ": sources." + source.name() + ": "
                + problem.message() + hint;
    }

    private static String where(String variable) {
        return "environment, " + variable;
    }
}
