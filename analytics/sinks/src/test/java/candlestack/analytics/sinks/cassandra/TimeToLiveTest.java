package candlestack.analytics.sinks.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class TimeToLiveTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void isWhatTheRetentionLeavesOfTheEventsAge() {
        assertThat(secondsOf(Duration.ofDays(30), NOW)).isEqualTo(2_592_000);
        assertThat(secondsOf(Duration.ofDays(30), NOW.minusSeconds(86_400))).isEqualTo(2_505_600);
        assertThat(secondsOf(Duration.ofDays(30), NOW.plusSeconds(5))).isEqualTo(2_592_005);
    }

    @Test
    void ofAnEventThatIsOlderIsTheShortest() {
        assertThat(secondsOf(Duration.ofDays(1), NOW.minusSeconds(86_400))).isEqualTo(1);
        assertThat(secondsOf(Duration.ofDays(1), Instant.EPOCH)).isEqualTo(1);
    }

    @Test
    void isNeverLongerThanCassandraTakes() {
        assertThat(secondsOf(Duration.ofDays(7_300), NOW.plusSeconds(60))).isEqualTo(630_720_000);
        assertThat(secondsOf(Duration.ofDays(7_301), NOW)).isZero();
        assertThat(secondsOf(Duration.ofDays(1), Instant.MAX)).isEqualTo(630_720_000);
    }

    private static int secondsOf(Duration retention, Instant time) {
        return new TimeToLive(retention, InstantSource.fixed(NOW)).seconds(time);
    }
}
