package candlestack.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.local.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledSourcesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void namesTheSourcesThatWorkInVainAndWhy() throws Exception {
        status(NOW, """
                {"name": "yahoo", "state": "running", "notice": "Cannot reach it: is there a network?"},
                {"name": "btc", "state": "running", "notice": "reached the end of a.csv after row 7"},
                {"name": "a", "state": "retrying", "lastError": {"message": "Cannot poll it: status 503"}},
                {"name": "b", "state": "misconfigured", "problems": ["candlestack.yaml:3: Unknown option 'x'"]},
                {"name": "c", "state": "running", "lastError": {"message": "Cannot poll it: status 503"}},
                {"name": "d", "state": "disabled"}""");

        assertThat(sources().troubles())
                .containsExactly(
                        "a: Cannot poll it: status 503",
                        "b: candlestack.yaml:3: Unknown option 'x'",
                        "yahoo: Cannot reach it: is there a network?");
    }

    @Test
    void saysNothingOfARunnerThatIsGone() throws Exception {
        assertThat(sources().troubles()).isEmpty();

        status(NOW.minus(Duration.ofMinutes(1)), """
                {"name": "a", "state": "retrying", "lastError": {"message": "Cannot poll it: status 503"}}""");
        assertThat(sources().troubles()).isEmpty();
    }

    private void status(Instant written, String sources) throws IOException {
        Path run = Files.createDirectories(installation().run());
        Files.writeString(
                run.resolve("ingest-status.json"), "{\"time\": \"" + written + "\", \"sources\": [" + sources + "]}");
    }

    private InstalledSources sources() {
        return new InstalledSources(installation(), InstantSource.fixed(NOW));
    }

    private Installation installation() {
        return Installation.load(
                folder,
                Optional.empty(),
                Map.of(),
                Map.of("CANDLESTACK_HOME", folder.resolve("home").toString()));
    }
}
