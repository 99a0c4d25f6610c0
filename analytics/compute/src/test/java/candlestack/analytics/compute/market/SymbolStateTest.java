package candlestack.analytics.compute.market;

import static candlestack.analytics.compute.market.Market.quote;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.SeenEvents;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolStateTest {
    private static final long SECOND = 1_000_000_000L;
    /** 2026-01-31T09:30:00Z, the start of a bar of each interval but the longest two. */
    private static final long START = 1_769_851_800L * SECOND;

    private final Market market = new Market();

    @Test
    void aQuoteIsInItsBarOfEveryInterval() {
        market.accept(quote(START + SECOND / 2, 10, 2));
        market.endTurn();

        assertThat(market.takeVersions())
                .extracting(bar -> bar.interval().label() + " " + bar.startNanos() / SECOND + " " + bar.close() + " "
                        + bar.closed())
                .containsExactly(
                        "1s 1769851800 10.0 false",
                        "1m 1769851800 10.0 false",
                        "5m 1769851800 10.0 false",
                        "15m 1769851800 10.0 false",
                        "1h 1769850000 10.0 false",
                        "1d 1769817600 10.0 false");
    }

    @Test
    void openAndCloseGoByTimeThenByArrival() {
        market.accept(quote(START + 20, 10, 1));
        market.accept(quote(START + 30, 11, 1));
        market.accept(quote(START + 10, 12, 1));
        market.accept(quote(START + 10, 13, 1));
        market.accept(quote(START + 30, 14, 1));
        market.accept(quote(START + 25, 9, 1));
        market.endTurn();

        Bar bar = market.bars(Interval.ONE_SECOND).get(0);
        assertThat(bar.open()).isEqualTo(12);
        assertThat(bar.close()).isEqualTo(14);
        assertThat(bar.high()).isEqualTo(14);
        assertThat(bar.low()).isEqualTo(9);
        assertThat(bar.trades()).isEqualTo(6);
    }

    @Test
    void withoutVolumeThereIsNoVwap() {
        market.accept(quote(START, 10, Double.NaN));
        market.accept(quote(START + 1, 20, 0));
        market.endTurn();
        assertThat(market.bars(Interval.ONE_DAY).get(0).vwap()).isNaN();

        market.accept(quote(START + 2, 40, 0.1));
        market.accept(quote(START + 3, 10, 0.2));
        market.endTurn();
        assertThat(market.bars(Interval.ONE_DAY).get(0).vwap()).isEqualTo(20);
        assertThat(market.bars(Interval.ONE_DAY).get(0).volume()).isEqualTo(0.3);
    }

    @Test
    void anIntervalWithoutQuotesHasNoBar() {
        market.accept(quote(START, 10, 1));
        market.accept(quote(START + 600 * SECOND, 11, 1));
        market.endTurn();

        assertThat(market.bars(Interval.ONE_MINUTE))
                .extracting(bar -> bar.startNanos() / SECOND + " " + bar.closed())
                .containsExactly("1769851800 true", "1769852400 false");
    }

    @Test
    void onlyWhatHasChangedIsWrittenAgain() {
        market.accept(quote(START, 10, 1));
        market.accept(quote(START + SECOND, 11, 1));
        market.endTurn().takeVersions();

        market.accept(quote(START + SECOND + 1, 12, 1));
        market.endTurn();

        assertThat(market.takeVersions())
                .filteredOn(bar -> bar.interval() == Interval.ONE_SECOND)
                .extracting(Bar::startNanos)
                .containsExactly(START + SECOND);
    }

    @Test
    void liveBarsOfLongIntervalsAreWrittenOnceASecondAndNeverForgotten() {
        market.accept(quote(START, 10, 1));
        market.endTurn().takeVersions();

        market.accept(quote(START + 1, 11, 1));
        market.endTurn(999);
        assertThat(labels()).containsExactly("1s 11.0", "1m 11.0");
        assertThat(market.state().closesAtMillis()).hasValue(START / 1_000_000 + 1_000);

        market.accept(quote(START + 2, 12, 1));
        market.endTurn(1);
        assertThat(labels()).containsExactly("1s 12.0", "1m 12.0", "5m 12.0", "15m 12.0", "1h 12.0", "1d 12.0");

        market.accept(quote(START + 3, 13, 1));
        market.endTurn(1);
        market.takeVersions();
        market.state().closeQuietBars(START / 1_000_000 + 1_500, market);
        assertThat(labels()).containsExactly("5m 13.0", "15m 13.0", "1h 13.0", "1d 13.0");
    }

    @Test
    void aPacedBarThatEndsOrIsCorrectedIsWrittenAtOnce() {
        market.accept(quote(START, 10, 1));
        market.endTurn().takeVersions();

        market.accept(quote(START + 300 * SECOND, 11, 1));
        market.endTurn(1);
        assertThat(labels()).contains("5m 10.0", "5m 11.0").doesNotContain("15m 11.0");

        market.accept(quote(START + 299 * SECOND, 12, 1));
        market.endTurn(1);
        assertThat(labels()).contains("5m 12.0", "5m 11.0").doesNotContain("15m 11.0");
    }

    private List<String> labels() {
        return market.takeVersions().stream()
                .map(bar -> bar.interval().label() + " " + bar.close())
                .toList();
    }

    @Test
    void aLateQuoteCorrectsTheIndicatorsOfAllLaterBars() {
        for (int i = 0; i < 40; i++) {
            market.accept(quote(START + i * SECOND, 100 + i, 1));
        }
        market.endTurn().takeVersions();

        market.accept(quote(START + 25 * SECOND + 1, 500, 1));
        market.endTurn();

        List<Bar> written = market.takeVersions().stream()
                .filter(bar -> bar.interval() == Interval.ONE_SECOND)
                .toList();
        assertThat(written).hasSize(15);
        assertThat(written.get(14).indicators().get(candlestack.analytics.compute.indicator.Indicator.SMA_20))
                .isEqualTo((20 * (120 + 139) / 2.0 - 125 + 500) / 20);
    }

    @Test
    void aQuoteExactlyAsLateAsAllowedIsTakenAndOneNanosecondLaterIsNot() {
        market.accept(quote(START + 60 * SECOND, 10, 1));

        assertThat(market.accept(quote(START, 11, 1))).isEqualTo(Verdict.ACCEPTED);
        Quote late = quote(START - 1, 12, 1);
        assertThat(market.accept(late)).isEqualTo(Verdict.LATE);
        assertThat(market.state().explain(Verdict.LATE, late, 0))
                .isEqualTo("Late: 2026-01-31T09:29:59.999999999Z is 1m behind the newest quote of BTC-USD,"
                        + " analytics.lateness allows 1m");
    }

    @Test
    void aQuoteFromTheFutureIsRefusedAndMakesNoOtherLate() {
        market.accept(quote(START, 10, 1));
        Quote future = quote(START + 61 * SECOND, 11, 1);
        long stamp = START / 1_000_000;

        assertThat(market.state().accept(future, EventId.NONE, stamp)).isEqualTo(Verdict.FUTURE);
        assertThat(market.state().explain(Verdict.FUTURE, future, stamp))
                .isEqualTo("From the future: 2026-01-31T09:31:01.000Z is 1m1s ahead of its arrival at the broker,"
                        + " analytics.future allows 1m; check the clock of its source");
        assertThat(market.accept(quote(START - 30 * SECOND, 12, 1))).isEqualTo(Verdict.ACCEPTED);
        assertThat(market.state().accept(quote(START + 60 * SECOND, 11, 1), EventId.NONE, stamp))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aNumberFromTheFutureHidesNoneThatComesAfterIt() {
        Quote future = quote(START + 61 * SECOND, 11, 1);
        long stamp = START / 1_000_000;

        assertThat(market.state().accept(future, id("yahoo/BTC-USD#61000000"), stamp))
                .isEqualTo(Verdict.FUTURE);
        assertThat(market.accept(quote(START, 10, 1), id("yahoo/BTC-USD#0"))).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aNumberOfAStreamThatIsNotAboveTheHighestIsADuplicate() {
        assertThat(market.accept(quote(START, 10, 1), id("btc#5"))).isEqualTo(Verdict.ACCEPTED);
        market.endTurn();
        assertThat(market.accept(quote(START + 1, 10, 1), id("btc#5"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(market.accept(quote(START + 1, 10, 1), id("btc#4"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(market.accept(quote(START + 1, 10, 1), id("eth#4"))).isEqualTo(Verdict.ACCEPTED);
        assertThat(market.accept(quote(START + 1, 10, 1), id("btc#6"))).isEqualTo(Verdict.ACCEPTED);
        market.endTurn();
        assertThat(market.bars(Interval.ONE_DAY).get(0).trades()).isEqualTo(3);
    }

    @Test
    void aRefusedQuoteOfAStreamIsRefusedOnce() {
        market.accept(quote(START + 100 * SECOND, 10, 1), id("btc#1"));

        assertThat(market.accept(quote(START, 10, 1), id("btc#2"))).isEqualTo(Verdict.LATE);
        assertThat(market.accept(quote(START, 10, 1), id("btc#2"))).isEqualTo(Verdict.DUPLICATE);
    }

    @Test
    void anyOtherIdIsADuplicateWithinTheLateness() {
        market.accept(quote(START, 10, 1), id("a1b2"));
        market.endTurn();
        assertThat(market.accept(quote(START, 10, 1), id("a1b2"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(market.accept(quote(START, 10, 1), id("c3d4"))).isEqualTo(Verdict.ACCEPTED);
        market.accept(quote(START + 61 * SECOND, 10, 1), id("e5f6"));
        market.endTurn();
        assertThat(market.accept(quote(START, 10, 1), id("a1b2"))).isEqualTo(Verdict.LATE);
    }

    @Test
    void whatIsRememberedOfIdsIsBounded() {
        for (int i = 0; i < 3 * SeenEvents.MOST_IDS; i++) {
            market.accept(quote(START, 10, 1), id("stream-" + i + "#1"));
            market.accept(quote(START, 10, 1), id("id-" + i));
        }
        int atMost = SeenEvents.MOST_IDS * 16 + SeenEvents.MOST_STREAMS * 18 + 4_096;

        assertThat(market.state().toBytes(new StateOutput())).hasSizeLessThan(atMost);
        assertThat(market.accept(quote(START, 10, 1), id("id-" + (3 * SeenEvents.MOST_IDS - 1))))
                .isEqualTo(Verdict.DUPLICATE);
        assertThat(market.accept(quote(START, 10, 1), id("id-0"))).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aQuietSymbolsBarClosesASecondAfterItsEnd() {
        long stamp = START / 1_000_000 + 200;
        market.state().accept(quote(START + SECOND / 10, 10, 1), EventId.NONE, stamp);
        market.state().writeOut(stamp, market);
        market.sleep().takeVersions();

        assertThat(market.state().closesAtMillis()).hasValue(stamp + 900 + 1 + 1_000);
        market.state().closeQuietBars(stamp + 900 + 999, market);
        assertThat(market.takeVersions()).isEmpty();

        market.state().closeQuietBars(stamp + 900 + 1_001, market);
        assertThat(market.takeVersions())
                .extracting(bar -> bar.interval().label() + " " + bar.closed())
                .containsExactly("1s true");
        assertThat(market.state().closesAtMillis()).hasValue(stamp + 59_900 + 1 + 1_000);
    }

    @Test
    void aSlowReplayOfOldDaysDoesNotFindItsBarsLongOver() {
        long now = START / 1_000_000;
        long years = 10 * 365 * 86_400 * SECOND;
        market.state().accept(quote(START - years, 10, 1), EventId.NONE, now);
        market.state().writeOut(now, market);
        market.takeVersions();

        market.state().closeQuietBars(now + 30_000, market);

        assertThat(market.takeVersions())
                .extracting(bar -> bar.interval().label())
                .containsExactly("1s");
    }

    @Test
    void aBacklogIsNotTakenForSilence() {
        long stamp = START / 1_000_000;
        long now = stamp + 3_600_000;
        market.state().accept(quote(START, 10, 1), EventId.NONE, stamp);
        market.state().writeOut(now, market);
        market.takeVersions();

        market.state().closeQuietBars(now + 500, market);
        assertThat(market.takeVersions()).isEmpty();
        assertThat(market.state().closesAtMillis()).hasValue(now + 1_000);
    }

    @Test
    void aBarThatWasClosedEarlyStaysClosedAndIsCorrected() {
        long stamp = START / 1_000_000;
        market.accept(quote(START, 10, 1));
        market.state().writeOut(stamp, market);
        market.state().closeQuietBars(stamp + 61_001, market);
        market.takeVersions();

        market.accept(quote(START + 59 * SECOND, 12, 1));
        market.endTurn();

        assertThat(market.bars(Interval.ONE_MINUTE))
                .extracting(bar -> bar.close() + " " + bar.closed())
                .containsExactly("12.0 true");
    }

    @Test
    void stateOfAnotherVersionIsRefused() {
        byte[] bytes = market.state().toBytes(new StateOutput());
        bytes[0] = 99;

        assertThatThrownBy(() -> SymbolState.read("BTC-USD", Market.RULES, bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read the state of 'BTC-USD': version 99, expected 1");
    }

    @Test
    void theBytesReadBackAsTheSameBytes() {
        for (int i = 0; i < 500; i++) {
            market.accept(quote(START + i * SECOND / 3, 100 + i % 7 / 10.0, i % 3), id("btc#" + i));
            market.accept(quote(START + i * SECOND / 3 + 1, 100, 0.1 * i), id("x" + i));
            market.state().wakeUpAt(i * 1_000L);
            market.endTurn();
        }
        byte[] bytes = market.state().toBytes(new StateOutput());
        byte[] again = SymbolState.read("BTC-USD", Market.RULES, bytes).toBytes(new StateOutput());

        assertThat(Arrays.equals(bytes, again)).isTrue();
        assertThat(market.state().wakeUpMillis()).isEqualTo(499_000);
    }

    private static EventId id(String id) {
        return EventId.parse(id.getBytes(UTF_8));
    }
}
