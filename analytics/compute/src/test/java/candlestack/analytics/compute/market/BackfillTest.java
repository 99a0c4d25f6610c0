package candlestack.analytics.compute.market;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Quote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ten minutes without a source, then its bars of that time, four quotes each, and then what happens now: that is how
 * the source for Yahoo Finance comes back. Its quotes are numbered by their time, so the order matters: it holds back
 * what happens now until the missed time is filled.
 */
class BackfillTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long MINUTE = 60 * SECOND;
    /** 2026-01-31T09:30:00Z. */
    private static final long START = 1_769_851_800L * SECOND;

    private final Market market = new Market();

    @Test
    void theMissingMinutesComeAndWhatWasMeasuredStays() {
        measureTheMinuteBefore();
        List<Bar> measured = minutes();

        assertThat(fill(1, 10)).containsOnly(Verdict.ACCEPTED);
        assertThat(accept(START + 11 * MINUTE + 5 * SECOND, 200, 3)).isEqualTo(Verdict.ACCEPTED);
        market.endTurn();

        List<Bar> bars = minutes();
        assertThat(bars).hasSize(12);
        assertThat(line(bars.get(0))).isEqualTo(line(measured.get(0))).isEqualTo("100.0 102.0 100.0 101.0 6.0 3");
        for (int minute = 1; minute <= 10; minute++) {
            assertThat(line(bars.get(minute)))
                    .isEqualTo("11%d.0 12%d.0 10%d.0 11%d.5 400.0 4"
                            .formatted(minute % 10, minute % 10, minute % 10, minute % 10));
            assertThat(bars.get(minute).closed()).isTrue();
        }
        assertThat(line(bars.get(11))).isEqualTo("200.0 200.0 200.0 200.0 3.0 1");
        Bar quarter = market.bars(Interval.FIFTEEN_MINUTES).get(0);
        assertThat(quarter.trades()).isEqualTo(3 + 40 + 1);
        assertThat(quarter.volume()).isEqualTo(6 + 4000 + 3);
    }

    @Test
    void filledTwiceTheyAreThereOnce() {
        measureTheMinuteBefore();
        fill(1, 10);
        market.endTurn();
        List<String> once = lines();

        assertThat(fill(1, 10)).containsOnly(Verdict.DUPLICATE);
        market.endTurn();

        assertThat(lines()).isEqualTo(once);
    }

    @Test
    void whatWasBeforeTheLastMeasuredQuoteIsNotTakenIn() {
        measureTheMinuteBefore();

        assertThat(fill(0, 0).subList(0, 3)).containsOnly(Verdict.DUPLICATE);
        market.endTurn();

        // Only what is from after it: its source leaves out minutes that were measured, in part or whole.
        assertThat(lines()).containsExactly("100.0 110.5 100.0 110.5 106.0 4");
    }

    @Test
    void afterWhatHappensNowTheyAreNotTakenInEither() {
        measureTheMinuteBefore();
        accept(START + 11 * MINUTE + 5 * SECOND, 200, 3);

        assertThat(fill(1, 10)).containsOnly(Verdict.DUPLICATE);
    }

    private void measureTheMinuteBefore() {
        accept(START, 100, 1);
        accept(START + 20 * SECOND, 102, 2);
        accept(START + 50 * SECOND, 101, 3);
        market.endTurn();
    }

    /** Whole minutes, from the first to the last, each with a volume of 400. */
    private List<Verdict> fill(int first, int last) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int minute = first; minute <= last; minute++) {
            long begin = START + minute * MINUTE;
            int n = minute % 10;
            verdicts.add(accept(begin, 110 + n, 100));
            verdicts.add(accept(begin + 20 * SECOND, 100 + n, 100));
            verdicts.add(accept(begin + 40 * SECOND, 120 + n, 100));
            verdicts.add(accept(begin + MINUTE - MILLISECOND, 110.5 + n, 100));
        }
        return verdicts;
    }

    private Verdict accept(long timeNanos, double price, double size) {
        Quote quote = Market.quote(timeNanos, price, size);
        byte[] id = ("yahoo/" + Market.SYMBOL + "#" + timeNanos / MILLISECOND * 1000).getBytes(StandardCharsets.UTF_8);
        return market.accept(quote, EventId.parse(id));
    }

    private List<Bar> minutes() {
        return market.bars(Interval.ONE_MINUTE);
    }

    private List<String> lines() {
        return minutes().stream().map(BackfillTest::line).toList();
    }

    private static String line(Bar bar) {
        return bar.open() + " " + bar.high() + " " + bar.low() + " " + bar.close() + " " + bar.volume() + " "
                + bar.trades();
    }
}
