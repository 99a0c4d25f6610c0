package candlestack.ingest.yahoo;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SourceException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills missed time with quotes made of Yahoo's bars: of a minute for the last seven days, of a day before that.
 *
 * <p>A bar becomes four quotes: open, the two extremes, close, a quarter of the volume each. Candles made of them have
 * that bar's open, high, low, close and volume. Only whole bars are used, after the last that was measured and before
 * the one that is going on: what was measured live is not overwritten.
 */
final class Backfill {
    /** Yahoo gives minutes for seven days a request. */
    static final Duration MINUTE_BARS = Duration.ofDays(7);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final YahooSession session;
    private final Endpoints endpoints;
    private final Tape tape;

    Backfill(YahooSession session, Endpoints endpoints, Tape tape) {
        this.session = requireNonNull(session, "session is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.tape = requireNonNull(tape, "tape is null");
    }

    /** Missed time of a symbol. */
    record Gap(String symbol, Instant from, Instant to) {
        /** @param delay how far Yahoo is behind for this symbol: at {@code to}, it knew of the exchange until then */
        static Gap of(String symbol, Instant measuredUntil, Instant now, Duration delay) {
            Instant from = measuredUntil.minus(delay).truncatedTo(MINUTES).plus(MINUTE);
            return new Gap(symbol, from, now.minus(delay).truncatedTo(MINUTES));
        }
    }

    List<Quote> quotes(Gap gap) throws SourceException, InterruptedException {
        List<Quote> quotes = new ArrayList<>();
        Instant minutesFrom = later(gap.from(), gap.to().minus(MINUTE_BARS).plus(MINUTE));
        if (gap.from().isBefore(minutesFrom)) {
            // Days that begin before the minutes do, and are over by then.
            Optional<Chart> days = chart(gap.symbol(), "1d", gap.from(), minutesFrom);
            days.ifPresent(chart -> addDays(quotes, gap.symbol(), chart, gap.from(), minutesFrom));
        }
        if (minutesFrom.isBefore(gap.to())) {
            Optional<Chart> minutes = chart(gap.symbol(), "1m", minutesFrom, gap.to());
            minutes.ifPresent(chart -> addMinutes(quotes, gap.symbol(), chart, minutesFrom, gap.to()));
        }
        return quotes;
    }

    private Optional<Chart> chart(String symbol, String interval, Instant from, Instant to)
            throws SourceException, InterruptedException {
        return Chart.of(session.open(endpoints.chart(symbol, interval, from, to)));
    }

    private void addMinutes(List<Quote> quotes, String symbol, Chart chart, Instant from, Instant to) {
        for (Chart.Bar bar : chart.bars()) {
            Instant end = bar.start().plus(MINUTE);
            // The last row may be the price of this moment, at no full minute.
            boolean full = bar.start().equals(bar.start().truncatedTo(MINUTES));
            if (full && !bar.start().isBefore(from) && !end.isAfter(to)) {
                add(quotes, symbol, chart, bar, bar.start(), end);
            }
        }
    }

    private void addDays(List<Quote> quotes, String symbol, Chart chart, Instant from, Instant to) {
        for (Chart.Bar bar : chart.bars()) {
            LocalDate day = bar.start().atOffset(chart.offset()).toLocalDate();
            Instant dayBegins = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant dayEnds = dayBegins.plus(Duration.ofDays(1));
            Instant begin = later(bar.start(), dayBegins);
            Instant end = bar.start().plus(chart.sessionLength());
            if (!bar.start().isBefore(from) && !dayEnds.isAfter(to)) {
                add(quotes, symbol, chart, bar, begin, end.isBefore(dayEnds) && end.isAfter(begin) ? end : dayEnds);
            }
        }
    }

    /** Spread over the bar; the end is its last millisecond. */
    private void add(List<Quote> quotes, String symbol, Chart chart, Chart.Bar bar, Instant begin, Instant end) {
        Duration third = Duration.between(begin, end).dividedBy(3);
        long volume = chart.countsUnits() ? bar.volume() : 0;
        long quarter = volume / 4;
        boolean rose = bar.close().compareTo(bar.open()) >= 0;
        BigDecimal first = rose ? bar.low() : bar.high();
        BigDecimal second = rose ? bar.high() : bar.low();
        Optional<String> currency = chart.currency();
        tape.filled(symbol, begin, bar.open(), quarter, currency).ifPresent(quotes::add);
        tape.filled(symbol, begin.plus(third), first, quarter, currency).ifPresent(quotes::add);
        tape.filled(symbol, begin.plus(third).plus(third), second, quarter, currency)
                .ifPresent(quotes::add);
        tape.filled(symbol, end.minusMillis(1), bar.close(), volume - 3 * quarter, currency)
                .ifPresent(quotes::add);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
