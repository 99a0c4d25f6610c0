package candlestack.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.local.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandTest {
    @TempDir
    Path root;

    @Test
    void theHostOfTheSourcesIsToldToWatchTheConfiguration() {
        assertThat(settingsOfAChild("--watch").get(Keys.WATCH)).isTrue();
        assertThat(settingsOfAChild().get(Keys.WATCH)).isFalse();
    }

    private Settings settingsOfAChild(String... arguments) {
        UpCommand command = new UpCommand();
        new CommandLine(command).parseArgs(arguments);
        Installation installation = Installation.load(root, Optional.empty(), command.overrides(List.of()), Map.of());
        return Settings.load(installation.configFile(), installation.environment());
    }
}
