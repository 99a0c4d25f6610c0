package candlestack.analytics.sinks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.sinks.delivery.StoreException.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesUpToTheLongestWaitAndLeavesTheUpperHalfToChance() {
        Backoff backoff = new Backoff(new Random(1));
        int[] ceilings = {100, 200, 400, 800, 1600, 3200, 5000, 5000};

        List<Long> waits = IntStream.range(0, ceilings.length)
                .mapToObj(i -> backoff.next(Kind.UNREACHABLE).toMillis())
                .toList();

        for (int i = 0; i < ceilings.length; i++) {
            assertThat(waits.get(i)).isBetween(ceilings[i] / 2L, (long) ceilings[i]);
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        Backoff backoff = new Backoff(new Random(1));
        IntStream.range(0, 100).forEach(i -> backoff.next(Kind.BUSY));
        assertThat(backoff.next(Kind.BUSY).toMillis()).isBetween(7500L, 15_000L);

        backoff.reset();

        assertThat(backoff.next(Kind.BUSY).toMillis()).isBetween(125L, 250L);
    }
}
