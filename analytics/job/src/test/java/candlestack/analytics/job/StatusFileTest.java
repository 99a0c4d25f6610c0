package candlestack.analytics.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path home;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Test
    void isWrittenOnlyWhileEveryQueryMakesProgress() throws IOException {
        StatusFile file = new StatusFile(home, now::get);
        file.started("1", "market");
        file.started("2", "votes");

        file.moved("1");
        assertThat(home.resolve("run/analytics-status.json")).doesNotExist();

        file.moved("2");
        assertThat(time()).isEqualTo(START);
        assertThat(status().path("queries").path(1).path("name").asText()).isEqualTo("votes");

        now.set(START.plusSeconds(44));
        file.moved("1");
        assertThat(time()).isEqualTo(START.plusSeconds(44));

        now.set(START.plusSeconds(46));
        file.moved("1");
        assertThat(time()).isEqualTo(START.plusSeconds(44));

        file.moved("2");
        assertThat(time()).isEqualTo(START.plusSeconds(46));
    }

    @Test
    void isWrittenAtMostOnceASecond() throws IOException {
        StatusFile file = new StatusFile(home, now::get);
        file.started("1", "market");
        file.moved("1");

        now.set(START.plusMillis(900));
        file.moved("1");

        assertThat(time()).isEqualTo(START);
    }

    private Instant time() throws IOException {
        return Instant.parse(status().path("time").asText());
    }

    private JsonNode status() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(home.resolve("run/analytics-status.json")));
    }
}
