package candlestack.local.stack;

import candlestack.config.Settings;
import candlestack.local.Installation;
import candlestack.local.process.PidFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code run/settings}: what the command line of the running stack said, so that other commands find its ports. */
public final class RunningSettings {
    private RunningSettings() {}

    static void write(Installation installation) throws IOException {
        String lines = installation.environment().getOrDefault(Settings.OVERRIDES_VARIABLE, "");
        Files.writeString(file(installation), lines);
    }

    /** Empty when no stack runs in that home. */
    public static Map<String, String> read(Installation installation) throws IOException {
        Map<String, String> said = new LinkedHashMap<>();
        boolean running = new PidFiles(installation.run()).find(Launch.LAUNCHER).isPresent();
        if (running && Files.exists(file(installation))) {
            for (String line : Files.readAllLines(file(installation))) {
                int equals = line.indexOf('=');
                said.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return said;
    }

    private static Path file(Installation installation) {
        return installation.run().resolve("settings");
    }
}
