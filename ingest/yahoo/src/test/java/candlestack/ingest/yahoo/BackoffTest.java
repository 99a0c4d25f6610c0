package candlestack.ingest.yahoo;

import static candlestack.ingest.api.ErrorKind.RATE_LIMITED;
import static candlestack.ingest.api.ErrorKind.TRANSIENT;
import static candlestack.ingest.yahoo.Hosts.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackoffTest {
    @TempDir
    private Path directory;

    @Test
    void doublesWithUpToAQuarterMore() {
        Backoff backoff = backoff();

        for (long seconds : new long[] {60, 120, 240, 480}) {
            backoff.failed(RATE_LIMITED, Optional.empty(), START);
            assertThat(Duration.between(START, backoff.state().until()))
                    .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds * 5 / 4));
        }
    }

    @Test
    void neverWaitsMoreThanAnHourAndAQuarterOfItsOwn() {
        Backoff backoff = backoff();
        for (int n = 0; n < 40; n++) {
            backoff.failed(RATE_LIMITED, Optional.empty(), START);
        }

        assertThat(backoff.state().until()).isBefore(START.plus(Duration.ofMinutes(75)));
    }

    @Test
    void waitsAsLongAsAskedFor() {
        Backoff backoff = backoff();
        backoff.failed(TRANSIENT, Optional.of(Duration.ofHours(3)), START);

        assertThat(backoff.state().until()).isEqualTo(START.plus(Duration.ofHours(3)));
    }

    @Test
    void survivesARestart() {
        Backoff before = backoff();
        before.failed(RATE_LIMITED, Optional.empty(), START);
        before.failed(RATE_LIMITED, Optional.empty(), START);

        assertThat(backoff().state()).isEqualTo(before.state());
        assertThat(before.state().failures()).isEqualTo(2);
    }

    @Test
    void isOverWithASuccess() {
        Backoff before = backoff();
        before.failed(RATE_LIMITED, Optional.empty(), START);
        before.succeeded();

        assertThat(backoff().state()).isEqualTo(Backoff.State.CALM);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void goesOnWithoutAFileItCannotRead() throws Exception {
        Files.writeString(directory.resolve("backoff.properties"), "until=\\uZZZZ");

        assertThat(backoff().state()).isEqualTo(Backoff.State.CALM);
    }

    @Test
    void keepsItsFileToTheOwner() throws Exception {
        backoff().failed(TRANSIENT, Optional.empty(), START);

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("backoff.properties"))))
                .isEqualTo("rw-------");
    }

    private Backoff backoff() {
        return new Backoff(directory, new SplittableRandom(1));
    }
}
