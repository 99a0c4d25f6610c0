package candlestack.ingest.runner;

import candlestack.config.ConfigException;
import candlestack.config.Located;
import candlestack.config.SourceSettings;
import candlestack.config.Suggestions;
import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.SourceFactory;
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

    private final Catalog catalog;
    private final Map<String, String> environment;

    Planner(Catalog catalog, Map<String, String> environment) {
        this.catalog = catalog;
        this.environment = Map.copyOf(environment);
    }

    /**
     * @param written what the file says; where it says nothing, the default sources run
     * @throws ConfigException if a selected source is neither configured nor installed
     */
    List<Plan> plan(List<SourceSettings> written) {
        List<SourceSettings> configured = written.isEmpty() ? DefaultSources.all() : written;
        return selected(configured).stream().map(this::plan).toList();
    }

    private List<SourceSettings> selected(List<SourceSettings> configured) {
        List<String> names = Arrays.stream(
                        environment.getOrDefault(SELECTION, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
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
        Optional<SourceFactory> factory = catalog.find(source.type());
        if (factory.isEmpty()) {
            problems.add(source.where() + ": Unknown type of source '" + source.name() + "': '" + source.type() + "'"
                    + Suggestions.hint(source.type(), catalog.names()) + "; installed are " + catalog.names());
            return new Plan(source.name(), source.type(), enabled, Optional.empty(), problems);
        }
        Optional<Plan.Ready> ready = bind(source, factory.get(), problems)
                .filter(config -> problems.isEmpty())
                .map(config -> new Plan.Ready(factory.get(), config));
        return new Plan(source.name(), source.type(), enabled, ready, problems);
    }

    private Optional<Config> bind(SourceSettings source, SourceFactory factory, List<String> problems) {
        Map<String, Located> located = source.options();
        List<String> known =
                factory.config().options().stream().map(Option::name).toList();
        Map<String, String> written = new TreeMap<>();
        located.forEach((option, value) -> written.put(option, value.value()));
        try {
            return Optional.of(factory.config().bind(written));
        } catch (InvalidConfigException e) {
            for (ConfigProblem problem : e.problems()) {
                Located place = located.get(problem.option());
                String hint = known.contains(problem.option()) ? "" : Suggestions.hint(problem.option(), known);
                problems.add((place == null ? source.where() : place.where()) + ": sources." + source.name() + ": "
                        + problem.message() + hint);
            }
            return Optional.empty();
        }
    }

    private static String where(String variable) {
        return "environment, " + variable;
    }
}
