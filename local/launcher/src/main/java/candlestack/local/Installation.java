package candlestack.local;

import static java.util.Objects.requireNonNull;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A checkout, its configuration and its home: everything a command needs to know about where it is.
 *
 * @param root the folder of the checkout
 * @param configFile need not exist
 * @param environment what every child gets in addition to the launcher's own: where the configuration and the home
 *     are, whatever folder the child runs in, and what the command line said
 */
public record Installation(Path root, Path configFile, Settings settings, Map<String, String> environment) {
    private static final String CONFIG = "CANDLESTACK_CONFIG";
    private static final long LEAST_SPACE = 256L << 20;
    private static final String HOME = "CANDLESTACK_HOME";

    public Installation {
        requireNonNull(root, "root is null");
        requireNonNull(configFile, "configFile is null");
        requireNonNull(settings, "settings is null");
        environment = Map.copyOf(environment);
    }

    /**
     * Reads the configuration. A relative home belongs to the configuration file, one in the environment to the
     * current folder.
     *
     * @param overrides by dotted key, as given with {@code --set}
     * @throws ConfigException with every problem of the configuration
     */
    public static Installation load(
            Path root, Optional<Path> config, Map<String, String> overrides, Map<String, String> environment) {
        Path file = config.or(() -> Optional.ofNullable(environment.get(CONFIG)).map(Path::of))
                .orElse(root.resolve("candlestack.yaml"))
                .toAbsolutePath()
                .normalize();
        if (config.isPresent() && !Files.exists(file)) {
            throw LauncherException.usage("Cannot read configuration '" + file + "': no such file");
        }
        Map<String, String> said = new LinkedHashMap<>(overrides);
        said.computeIfPresent(
                "home", (key, home) -> Path.of(home).toAbsolutePath().toString());
        Map<String, String> added = new LinkedHashMap<>();
        added.put(CONFIG, file.toString());
        added.put(Settings.OVERRIDES_VARIABLE, lines(said));
        added.put(HOME, home(file, with(environment, added)).toString());
        return new Installation(root, file, Settings.load(file, with(environment, added)), added);
    }

    /** Where all state lives; absolute. */
    public Path home() {
        return settings.home();
    }

    public Path logs() {
        return home().resolve("logs");
    }

    public Path run() {
        return home().resolve("run");
    }

    public Secrets secrets() {
        return new Secrets(settings.secretsDirectory());
    }

    /** @throws LauncherException when this user cannot write there, or the disk is full */
    public void createHome() {
        try {
            Files.createDirectories(run());
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw LauncherException.failed(
                    "Cannot write the home " + home() + " (set CANDLESTACK_HOME or 'home' to another folder)", e);
        }
        if (!Files.isWritable(run()) || !Files.isWritable(logs())) {
            throw LauncherException.failed("Cannot write the home " + home() + ": it belongs to another user; set"
                    + " CANDLESTACK_HOME or 'home' to a folder of your own");
        }
        requireSpace();
    }

    private void requireSpace() {
        long free;
        try {
            free = Files.getFileStore(home()).getUsableSpace();
        } catch (IOException e) {
            throw LauncherException.failed("Cannot see how much room there is for " + home(), e);
        }
        if (free < LEAST_SPACE) {
            throw LauncherException.failed("Cannot start: " + (free >> 20) + " MiB are free for " + home()
                    + ", and it takes " + (LEAST_SPACE >> 20) + " MiB to begin; make room, or set CANDLESTACK_HOME");
        }
    }

    private static Path home(Path file, Map<String, String> environment) {
        Path written = Settings.load(file, environment).get(Keys.HOME);
        Path base = environment.containsKey(HOME) ? Path.of("") : file.getParent();
        return base.resolve(written).toAbsolutePath().normalize();
    }

    private static Map<String, String> with(Map<String, String> environment, Map<String, String> added) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(added);
        return all;
    }

    private static String lines(Map<String, String> overrides) {
        return overrides.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
