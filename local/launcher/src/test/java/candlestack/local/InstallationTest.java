package candlestack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.config.Keys;
import candlestack.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    Path root;

    @Test
    void theHomeBelongsToTheConfigurationFileWhateverTheCurrentFolder() {
        assertThat(load(Map.of(), Map.of()).home()).isEqualTo(root.resolve("data"));
    }

    @Test
    void aRelativeHomeOfTheEnvironmentOrTheCommandLineBelongsToTheCurrentFolder() {
        assertThat(load(Map.of(), Map.of("CANDLESTACK_HOME", "elsewhere")).home())
                .isEqualTo(Path.of("elsewhere").toAbsolutePath());
        assertThat(load(Map.of("home", "mine"), Map.of("CANDLESTACK_HOME", "elsewhere"))
                        .home())
                .isEqualTo(Path.of("mine").toAbsolutePath());
    }

    @Test
    void aChildReadsTheSameSettingsFromItsEnvironment() throws IOException {
        Files.writeString(root.resolve("candlestack.yaml"), "kafka:\n  port: 1000\n");

        Installation installation = load(Map.of("kafka.port", "3000"), Map.of("CANDLESTACK_KAFKA_PORT", "2000"));
        Settings child = Settings.load(
                Path.of(installation.environment().get("CANDLESTACK_CONFIG")), installation.environment());

        assertThat(installation.settings().get(Keys.KAFKA_PORT)).isEqualTo(3000);
        assertThat(child.get(Keys.KAFKA_PORT)).isEqualTo(3000);
        assertThat(child.home()).isEqualTo(installation.home());
    }

    @Test
    void aConfigurationThatWasAskedForMustExist() {
        Path missing = root.resolve("mine.yaml");

        LauncherException error = catchThrowableOfType(
                LauncherException.class, () -> Installation.load(root, Optional.of(missing), Map.of(), Map.of()));

        assertThat(error).hasMessage("Cannot read configuration '" + missing + "': no such file");
        assertThat(error.exitCode()).isEqualTo(2);
    }

    private Installation load(Map<String, String> overrides, Map<String, String> environment) {
        return Installation.load(root, Optional.empty(), overrides, environment);
    }
}
