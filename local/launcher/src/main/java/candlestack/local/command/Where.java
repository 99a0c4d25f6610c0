package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.stack.RunningSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command takes: which configuration it is about. */
final class Where {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration; by default candlestack.yaml in the checkout.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting that comes before the file and the environment, such as kafka.port=9093.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    /** With {@code more} settings, which the ones given by the user come before. */
    Installation installation(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(overrides);
        return Installation.load(root(), Optional.ofNullable(config), all, System.getenv());
    }

    Installation installation() {
        return installation(Map.of());
    }

    /** As {@link #installation()}, with what the command line of the stack that runs there said, if one does. */
    Installation running() throws IOException {
        Installation installation = installation();
        Map<String, String> said = RunningSettings.read(installation);
        return said.isEmpty() ? installation : installation(said);
    }

    private static Path root() {
        String root = System.getProperty("candlestack.root");
        if (root == null) {
            throw LauncherException.usage("Cannot find the checkout: start the launcher with ./candlestack");
        }
        return Path.of(root);
    }
}
