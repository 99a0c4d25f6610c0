package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer of Yahoo's chart service.
 *
 * @param sessionLength of one regular session
 * @param offset of the exchange's clock from UTC
 * @param bars in order of time, those without numbers left out
 */
record Chart(Optional<String> currency, String type, Duration sessionLength, ZoneOffset offset, List<Bar> bars) {
    private static final long MOST_OFFSET_SECONDS = 18 * 3600;

    /**
     * @param start as Yahoo gives it: of a minute, or of the session for a day
     * @param volume 0 if there is none
     */
    record Bar(Instant start, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, long volume) {
        Bar {
            requireNonNull(start, "start is null");
            requireNonNull(open, "open is null");
            requireNonNull(high, "high is null");
            requireNonNull(low, "low is null");
            requireNonNull(close, "close is null");
        }
    }

    Chart {
        requireNonNull(currency, "currency is null");
        requireNonNull(type, "type is null");
        requireNonNull(sessionLength, "sessionLength is null");
        requireNonNull(offset, "offset is null");
        bars = List.copyOf(bars);
    }

    /** Empty if the answer has no chart: Yahoo does not know the symbol, or has no data of it. */
    static Optional<Chart> of(JsonNode answer) {
        JsonNode result = answer.path("chart").path("result").path(0);
        if (!result.isObject()) {
            return Optional.empty();
        }
        JsonNode meta = result.path("meta");
        return Optional.of(new Chart(
                Json.text(meta, "currency"),
                Json.text(meta, "instrumentType").orElse(""),
                sessionLength(meta.path("currentTradingPeriod").path("regular")),
                offset(meta),
                bars(result)));
    }

    boolean countsUnits() {
        return Snapshot.countsUnits(type);
    }

    private static Duration sessionLength(JsonNode regular) {
        long seconds = Json.whole(regular, "end").orElse(0)
                - Json.whole(regular, "start").orElse(0);
        return seconds > 0 && seconds <= 86_400 ? Duration.ofSeconds(seconds) : Duration.ofDays(1);
    }

    private static ZoneOffset offset(JsonNode meta) {
        long seconds = Json.whole(meta, "gmtoffset").orElse(0);
        return Math.abs(seconds) <= MOST_OFFSET_SECONDS ? ZoneOffset.ofTotalSeconds((int) seconds) : ZoneOffset.UTC;
    }

    private static List<Bar> bars(JsonNode result) {
        JsonNode times = result.path("timestamp");
        JsonNode columns = result.path("indicators").path("quote").path(0);
        List<Bar> bars = new ArrayList<>();
        for (int n = 0; n < times.size(); n++) {
            bar(times.path(n), columns, n).ifPresent(bars::add);
        }
        bars.sort((a, b) -> a.start().compareTo(b.start()));
        return bars;
    }

    private static Optional<Bar> bar(JsonNode time, JsonNode columns, int n) {
        Optional<BigDecimal> open = price(columns, "open", n);
        Optional<BigDecimal> high = price(columns, "high", n);
        Optional<BigDecimal> low = price(columns, "low", n);
        Optional<BigDecimal> close = price(columns, "close", n);
        if (!time.isNumber() || open.isEmpty() || high.isEmpty() || low.isEmpty() || close.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Bar(
                Instant.ofEpochSecond(time.longValue()),
                open.get(),
                high.get(),
                low.get(),
                close.get(),
                columns.path("volume").path(n).asLong(0)));
    }

    private static Optional<BigDecimal> price(JsonNode columns, String column, int n) {
        return Json.decimal(columns.path(column).path(n)).filter(value -> value.signum() > 0);
    }
}
