package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SourceStatusTest {
    private final SourceStatus status = new SourceStatus(SourceStatus.State.RUNNING, List.of());

    @Test
    void theFirstCallOfAMethodMayTakeLongerThanThoseAfterIt() {
        assertThat(longest("open")).isEqualTo(30);
        assertThat(longest("poll")).isEqualTo(30);
        assertThat(longest("poll")).isEqualTo(5);
        assertThat(longest("open")).isEqualTo(5);
    }

    @Test
    void whatTakesItsPlaceHasClassesOfItsOwnToLoad() {
        longest("poll");

        SourceStatus next = status.successor(SourceStatus.State.WAITING, List.of());
        next.calling("poll");

        assertThat(seconds(next.call().orElseThrow())).isEqualTo(30);
    }

    /** For how many seconds a call is not stuck. */
    private long longest(String method) {
        status.calling(method);
        long seconds = seconds(status.call().orElseThrow());
        status.returned();
        return seconds;
    }

    private static long seconds(SourceStatus.Call call) {
        long seconds = 0;
        while (!call.isStuck(call.sinceNanos() + TimeUnit.SECONDS.toNanos(seconds))) {
            seconds++;
        }
        return seconds;
    }
}
