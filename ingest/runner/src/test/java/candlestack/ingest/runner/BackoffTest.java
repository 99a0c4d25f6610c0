package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(new SplittableRandom(1));

    @ParameterizedTest
    @CsvSource({
        "TRANSIENT, 1, 60",
        "POSITION_LOST, 1, 60",
        "RATE_LIMITED, 60, 900",
        "UNAUTHORIZED, 60, 3600",
        "PROTOCOL, 5, 300"
    })
    void doublesFromTheLeastToTheMostOfTheKind(ErrorKind kind, long least, long most) {
        SourceException error = new SourceException(kind, "x");
        long expected = least;
        for (int failure = 0; failure < 30; failure++) {
            assertThat(backoff.next(error).orElseThrow())
                    .isBetween(
                            Duration.ofSeconds(expected),
                            Duration.ofSeconds(expected).multipliedBy(5).dividedBy(4));
            expected = Math.min(expected * 2, most);
        }
    }

    @Test
    void neverComesBackBeforeTheTimeAskedFor() {
        SourceException error = SourceException.rateLimited("x", Duration.ofHours(2));

        assertThat(backoff.next(error).orElseThrow()).isBetween(Duration.ofHours(2), Duration.ofMinutes(150));
    }

    @Test
    void beginsAgainOnceSomethingCame() {
        SourceException error = new SourceException(ErrorKind.TRANSIENT, "x");
        for (int failure = 0; failure < 10; failure++) {
            backoff.next(error);
        }

        backoff.reset();

        assertThat(backoff.next(error).orElseThrow()).isLessThan(Duration.ofMillis(1_300));
    }

    @Test
    void doesNotTryAgainWhatIsMisconfigured() {
        assertThat(backoff.next(new SourceException(ErrorKind.MISCONFIGURED, "x")))
                .isEmpty();
    }
}
