package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The options of a source, and rules among them. Immutable. */
public final class ConfigSpec {
    private final List<Option<?>> options;
    private final List<Function<Config, Optional<ConfigProblem>>> rules;

    private ConfigSpec(List<Option<?>> options, List<Function<Config, Optional<ConfigProblem>>> rules) {
        this.options = List.copyOf(options);
        this.rules = List.copyOf(rules);
        Set<String> names = new HashSet<>();
        for (Option<?> option : options) {
            if (!names.add(option.name())) {
                throw new IllegalArgumentException("Invalid options: '" + option.name() + "' is there twice");
            }
        }
    }

    public static ConfigSpec of(Option<?>... options) {
        return new ConfigSpec(List.of(options), List.of());
    }

    /** Adds a condition among options; it is asked only when each of them is acceptable by itself. */
    public ConfigSpec withRule(Function<Config, Optional<ConfigProblem>> rule) {
        List<Function<Config, Optional<ConfigProblem>>> all = new ArrayList<>(rules);
        all.add(requireNonNull(rule, "rule is null"));
        return new ConfigSpec(options, all);
    }

    /** In the order that a sample configuration lists them. */
    public List<Option<?>> options() {
        return options;
    }

    /**
     * Turns what is written into values.
     *
     * @param written text by the option's name
     * @throws InvalidConfigException with every problem found
     */
    public Config bind(Map<String, String> written) throws InvalidConfigException {
        List<ConfigProblem> problems = new ArrayList<>();
        Map<String, String> unknown = new TreeMap<>(written);
        Map<Option<?>, Object> values = new HashMap<>();
        for (Option<?> option : options) {
            Optional<String> text = Optional.ofNullable(unknown.remove(option.name()));
            bind(option, text, values, problems);
        }
        unknown.keySet().forEach(name -> problems.add(new ConfigProblem(name, "Unknown option '" + name + "'")));
        Config config = new Config(values);
        if (problems.isEmpty()) {
            rules.forEach(rule -> rule.apply(config).ifPresent(problems::add));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return config;
    }

    private static void bind(
            Option<?> option, Optional<String> written, Map<Option<?>, Object> values, List<ConfigProblem> problems) {
        Optional<String> text = written.or(option::defaultText);
        if (text.isEmpty()) {
            if (option.isRequired()) {
                String message = "Missing option '" + option.name() + "': expected " + option.accepted();
                problems.add(new ConfigProblem(option.name(), message));
            } else {
                values.put(option, Optional.empty());
            }
            return;
        }
        try {
            values.put(option, option.parse(text.get()));
        } catch (IllegalArgumentException e) {
            String value = option.isSecret() ? "its value (a secret)" : "'" + text.get() + "'";
            problems.add(new ConfigProblem(
                    option.name(), "Invalid " + option.name() + ": " + value + ", " + e.getMessage()));
        }
    }
}
