package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {
    private static final TimeRange HOUR =
            new TimeRange(Instant.parse("2026-01-02T03:00:00.500Z"), Instant.parse("2026-01-02T04:00:00Z"));

    @Test
    void writesTheVRecordOfFlux() {
        String flux = new FluxText("candlestack", "market")
                .interpolate(
                        "from(bucket: v.defaultBucket) |> range(start: v.timeRangeStart, stop: v.timeRangeStop)"
                                + " |> aggregateWindow(every: v.windowPeriod, fn: last) // $__interval $__interval_ms"
                                + " v.organization v.windowPeriods",
                        scope(Duration.ofSeconds(90)));

        assertThat(flux)
                .isEqualTo("from(bucket: \"market\") |> range(start: 2026-01-02T03:00:00.500Z,"
                        + " stop: 2026-01-02T04:00:00Z) |> aggregateWindow(every: 1m30s, fn: last) // 1m 90000"
                        + " \"candlestack\" v.windowPeriods");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $__timeFilter(b.ts)                | b.ts BETWEEN '2026-01-02T03:00:00.500Z' AND '2026-01-02T04:00:00Z'
            $__timeFrom()                      | '2026-01-02T03:00:00.500Z'
            $__timeTo()                        | '2026-01-02T04:00:00Z'
            $__time(ts)                        | ts AS "time"
            $__timeGroup(ts, '5m')             | floor(extract(epoch from ts)/300)*300
            $__timeGroupAlias(ts,$__interval)  | floor(extract(epoch from ts)/60)*60 AS "time"
            $__timeGroup(coalesce(a, b), 1h)   | floor(extract(epoch from coalesce(a, b))/3600)*3600
            $__unixEpochFilter(at)             | at >= 1767322800 AND at <= 1767326400
            $__interval_ms $__interval         | 60000 1m
            """)
    void expandsTheMacrosOfSql(String written, String expected) {
        assertThat(SqlText.interpolate(written, scope(Duration.ofMinutes(1)))).isEqualTo(expected);
    }

    @Test
    void namesAMacroThatIsUnknownOrIncomplete() {
        Scope scope = scope(Duration.ofMinutes(1));

        assertThatThrownBy(() -> SqlText.interpolate("$__nothing(x)", scope)).hasMessage("Unknown macro '$__nothing'");
        assertThatThrownBy(() -> SqlText.interpolate("$__timeFilter()", scope))
                .hasMessage("Invalid macro $__timeFilter: it needs a column");
        assertThatThrownBy(() -> SqlText.interpolate("$__timeGroup(ts)", scope))
                .hasMessage("Invalid macro $__timeGroup: it needs a column and an interval");
    }

    @ParameterizedTest
    @CsvSource({
        "300, 1000, 1s, 1000",
        "3600, 1000, 1s, 5000",
        "28800, 800, 1s, 30000",
        "86400, 1000, 1s, 60000",
        "604800, 1000, 1s, 600000",
        "3600, 1000, 1m, 60000",
        "1, 1000, 1ms, 1",
        "31536000, 1, 1s, 31536000000",
    })
    void choosesTheIntervalAsGrafanaDoes(long rangeSeconds, int points, String least, long expectedMillis) {
        Instant to = Instant.parse("2026-01-02T00:00:00Z");
        TimeRange range = new TimeRange(to.minusSeconds(rangeSeconds), to);

        assertThat(Interval.of(range, points, Interval.parse(least)).toMillis()).isEqualTo(expectedMillis);
    }

    @ParameterizedTest
    @CsvSource({
        "500, 500ms, 500ms",
        "1000, 1s, 1s",
        "15000, 15s, 15s",
        "60000, 1m, 1m0s",
        "90000, 1m, 1m30s",
        "3600000, 1h, 1h0m0s",
        "7200000, 2h, 2h0m0s",
        "86400000, 1d, 24h0m0s",
        "1500, 1s, 1.5s",
    })
    void writesDurationsAsGrafanaAndGoDo(long millis, String text, String go) {
        assertThat(Interval.text(Duration.ofMillis(millis))).isEqualTo(text);
        assertThat(Interval.goText(Duration.ofMillis(millis))).isEqualTo(go);
    }

    @Test
    void refusesAnIntervalThatIsNone() {
        assertThatThrownBy(() -> Interval.parse("fast"))
                .hasMessage("Invalid interval: 'fast', expected such as 1s, 5m or 1h");
    }

    private static Scope scope(Duration interval) {
        return new Scope(HOUR, interval, new Variables(List.of()));
    }
}
