package candlestack.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration of the whole stack, checked when it is loaded. Immutable.
 *
 * <p>The environment comes before the file, the file before the defaults.
 */
public final class Settings {
    /** {@code key=value} lines that come before everything but the overrides of {@link #load(Path, Map, Map)}. */
    public static final String OVERRIDES_VARIABLE = "CANDLESTACK_OVERRIDES";

    private static final String SOURCES = "sources.";

    private final Map<Key<?>, Object> values;
    private final List<SourceSettings> sources;

    private Settings(Map<Key<?>, Object> values, List<SourceSettings> sources) {
        this.values = Map.copyOf(values);
        this.sources = List.copyOf(sources);
    }

    /**
     * Reads {@code file}, which may be absent: the defaults make a whole configuration. What was said on the command
     * line reaches the processes of the stack in {@link #OVERRIDES_VARIABLE}.
     *
     * @throws ConfigException with every problem found, each with its place and what is accepted
     */
    public static Settings load(Path file, Map<String, String> environment) {
        return load(file, environment, Map.of());
    }

    /** As {@link #load(Path, Map)}, where {@code overrides}, by dotted key, come before all else. */
    public static Settings load(Path file, Map<String, String> environment, Map<String, String> overrides) {
        List<String> problems = new ArrayList<>();
        Map<String, Located> written = Files.exists(file) ? YamlFile.read(file, problems) : Map.of();
        Map<String, Located> located = new LinkedHashMap<>(interpolated(written, environment, problems));
        located.putAll(fromEnvironment(environment));
        located.putAll(fromCommandLine(environment.getOrDefault(OVERRIDES_VARIABLE, "")));
        overrides.forEach((key, value) -> located.put(key, new Located(value, "command line, " + key)));
        Settings settings = new Settings(parsed(located, problems), sources(located, problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }

    /** The value of a key; the type is the key's. */
    @SuppressWarnings("unchecked") // values holds under each key what that key's parser returned
    public <T> T get(Key<T> key) {
        return (T) requireNonNull(values.get(key), () -> "no such key: " + key.name());
    }

    /** The sources in the order of the file, disabled ones included. */
    public List<SourceSettings> sources() {
        return sources;
    }

    public Path home() {
        return get(Keys.HOME).toAbsolutePath().normalize();
    }

    public Path secretsDirectory() {
        return get(Keys.SECRETS_DIRECTORY).map(Path::of).orElse(home().resolve("secrets"));
    }

    public String kafkaBootstrap() {
        return get(Keys.KAFKA_URL).orElse("127.0.0.1:" + get(Keys.KAFKA_PORT));
    }

    public String influxdbUrl() {
        return get(Keys.INFLUXDB_URL).orElse("http://127.0.0.1:" + get(Keys.INFLUXDB_PORT));
    }

    public String postgresUrl() {
        return get(Keys.POSTGRES_URL).orElse("jdbc:postgresql://127.0.0.1:" + get(Keys.POSTGRES_PORT) + "/candlestack");
    }

    public String mongodbUrl() {
        return get(Keys.MONGODB_URL).orElse("mongodb://127.0.0.1:" + get(Keys.MONGODB_PORT));
    }

    public String cassandraContactPoints() {
        return get(Keys.CASSANDRA_URL).orElse("127.0.0.1:" + get(Keys.CASSANDRA_PORT));
    }

    /** Whether the user stream runs, and with it MongoDB and Cassandra. */
    public boolean wantsUserStores() {
        return get(Keys.ANALYTICS_STREAMS).contains("users");
    }

    /** Where the analytics job keeps its checkpoints: a path or a URL that Hadoop's file systems understand. */
    public String checkpoints() {
        return get(Keys.ANALYTICS_CHECKPOINTS)
                // Not toUri(): Hadoop takes the text as it is, and a space written as %20 would name another folder.
                .orElse("file://" + home().resolve("checkpoints"));
    }

    private static Map<String, Located> interpolated(
            Map<String, Located> written, Map<String, String> environment, List<String> problems) {
        Interpolation interpolation = new Interpolation(environment);
        Map<String, Located> resolved = new LinkedHashMap<>();
        written.forEach((key, located) -> {
            try {
                resolved.put(key, new Located(interpolation.resolve(located.value()), located.where()));
            } catch (IllegalArgumentException e) {
                problems.add(located.where() + ": Cannot resolve " + key + ": " + e.getMessage());
            }
        });
        return resolved;
    }

    private static Map<String, Located> fromEnvironment(Map<String, String> environment) {
        Map<String, Located> found = new LinkedHashMap<>();
        for (Key<?> key : Keys.all()) {
            String variable = key.environmentVariable();
            Optional.ofNullable(environment.get(variable))
                    .ifPresent(value -> found.put(key.name(), new Located(value, "environment, " + variable)));
        }
        return found;
    }

    private static Map<String, Located> fromCommandLine(String lines) {
        Map<String, Located> found = new LinkedHashMap<>();
        for (String line : lines.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                String key = line.substring(0, equals);
                found.put(key, new Located(line.substring(equals + 1), "command line, " + key));
            }
        }
        return found;
    }

    private static Map<Key<?>, Object> parsed(Map<String, Located> located, List<String> problems) {
        Map<String, Key<?>> known = Keys.all().stream().collect(Collectors.toMap(Key::name, key -> key));
        located.forEach((name, value) -> {
            if (!known.containsKey(name) && !isSourcesEntry(name) && !isSection(name, value, known)) {
                problems.add(value.where() + ": Unknown key '" + name + "'" + Suggestions.hint(name, known.keySet()));
            }
        });
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        for (Key<?> key : Keys.all()) {
            Located value = located.getOrDefault(key.name(), new Located(key.defaultValue(), "default"));
            try {
                values.put(key, key.parser().apply(value.value()));
            } catch (IllegalArgumentException e) {
                problems.add(
                        value.where() + ": Invalid " + key.name() + ": '" + value.value() + "', " + e.getMessage());
            }
        }
        return values;
    }

    /** `kafka:` with all its lines commented out is no mistake. */
    private static boolean isSection(String name, Located value, Map<String, Key<?>> known) {
        return value.value().isEmpty() && known.keySet().stream().anyMatch(key -> key.startsWith(name + "."));
    }

    private static boolean isSourcesEntry(String name) {
        return name.startsWith(SOURCES) || name.equals("sources");
    }

    private static List<SourceSettings> sources(Map<String, Located> located, List<String> problems) {
        Map<String, Map<String, Located>> entries = new LinkedHashMap<>();
        located.forEach((key, value) -> {
            if (key.startsWith(SOURCES)) {
                String rest = key.substring(SOURCES.length());
                int dot = rest.indexOf('.');
                String name = dot < 0 ? rest : rest.substring(0, dot);
                entries.computeIfAbsent(name, ignored -> new TreeMap<>())
                        .put(dot < 0 ? "" : rest.substring(dot + 1), value);
            }
        });
        List<SourceSettings> sources = new ArrayList<>();
        entries.forEach((name, options) -> sources.add(source(name, options, problems)));
        return sources;
    }

    private static SourceSettings source(String name, Map<String, Located> entry, List<String> problems) {
        Map<String, Located> options = new TreeMap<>(entry);
        String where = options.values().iterator().next().where();
        options.remove("");
        Located type = options.remove("type");
        Located enabled = options.remove("enabled");
        return new SourceSettings(
                name, type == null ? name : type.value(), enabled(name, enabled, problems), options, where);
    }

    private static boolean enabled(String name, Located written, List<String> problems) {
        if (written == null) {
            return true;
        }
        try {
            return Parsers.flag().apply(written.value());
        } catch (IllegalArgumentException e) {
            problems.add(written.where() + ": Invalid sources." + name + ".enabled: '" + written.value() + "', "
                    + e.getMessage());
            return false;
        }
    }
}
