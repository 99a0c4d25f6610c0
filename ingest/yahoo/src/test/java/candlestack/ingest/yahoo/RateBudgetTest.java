package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateBudgetTest {
    private final RateBudget budget = new RateBudget();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20, 600})
    void letsNoMinuteSeeMoreThanTheLimitAndUsesItUp(int limit) {
        budget.limit(limit);
        List<Instant> sent = new ArrayList<>();
        Instant now = Hosts.START;
        Instant end = now.plus(Duration.ofMinutes(10));
        while (now.isBefore(end)) {
            now = now.plus(budget.take(now));
            sent.add(now);
        }

        for (Instant first : sent) {
            long within = sent.stream()
                    .filter(time -> !time.isBefore(first) && time.isBefore(first.plusSeconds(60)))
                    .count();
            assertThat(within).isLessThanOrEqualTo(limit);
        }
        assertThat(sent.size()).isGreaterThanOrEqualTo(10 * limit * 3 / 4);
    }

    @Test
    void keepsTheLowestLimitOfAllInstances() {
        budget.limit(20);
        budget.limit(4);
        budget.limit(60);

        assertThat(budget.spacing()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void lookingTakesNothing() {
        budget.limit(1);

        assertThat(budget.wait(Hosts.START)).isZero();
        assertThat(budget.take(Hosts.START)).isZero();
        assertThat(budget.wait(Hosts.START)).isEqualTo(Duration.ofMinutes(1));
        assertThat(budget.wait(Hosts.START)).isEqualTo(Duration.ofMinutes(1));
    }
}
