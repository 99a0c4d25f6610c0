package candlestack.analytics.compute.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T09:30:00.123Z", "2013-11-25T00:00:00Z", "1999-12-31T23:59:59.999999999Z",
                "2024-02-29T12:00:00.5Z", "1969-12-31T23:59:59.000Z", "2026-01-31T09:30:00.123+02:00",
                "2026-01-31T09:30:00-05:30", "2026-01-31T09:30:00.123456+00:00", "2026-01-31T09:30Z"
            })
    void readsIsoTimes(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();

        assertThat(IsoTime.instant(IsoTime.parse(text).orElseThrow())).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-01-31",
                "2026-01-31 09:30:00.000Z",
                "2026-02-30T09:30:00.000Z",
                "2026-13-01T09:30:00.000Z",
                "2026-01-31T24:30:00.000Z",
                "2026-01-31T09:60:00.000Z",
                "2026-01-31T09:30:60.000Z",
                "2026-01-31T09:30:00.000",
                "1769851800000",
                "2026-01-31T09:30:00.0000000001Z",
                "2026-01-31T09:30:00.1a3Z",
                "9999-01-01T00:00:00.000Z",
                "1500-01-01T00:00:00.000Z",
                "2026-01-31T09:30:00.000Z "
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(IsoTime.parse(text)).isEmpty();
    }

    @Test
    void writesAtLeastMillisecondsAndReadsThemBack() {
        assertThat(IsoTime.format(0)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(IsoTime.format(-1)).isEqualTo("1969-12-31T23:59:59.999999999Z");
        assertThat(IsoTime.format(1_500_000_000L)).isEqualTo("1970-01-01T00:00:01.500Z");
        assertThat(IsoTime.format(1_000_000_001_000L)).isEqualTo("1970-01-01T00:16:40.000001Z");
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long time = random.nextLong(-9_000_000_000_000_000_000L, 9_000_000_000_000_000_000L);
            assertThat(IsoTime.parse(IsoTime.format(time))).hasValue(time);
        }
    }
}
