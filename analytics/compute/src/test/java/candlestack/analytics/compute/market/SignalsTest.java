package candlestack.analytics.compute.market;

import static candlestack.analytics.compute.market.Market.quote;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_769_817_600_000_000_000L;

    private final Market market = new Market();

    @Test
    void pricesThatFallAndThenRiseCrossUpwardsOnce() {
        for (int i = 0; i < 60; i++) {
            minute(i, 200 - i);
        }
        for (int i = 60; i < 120; i++) {
            minute(i, 140 + 2 * (i - 60));
        }
        market.endTurn();

        assertThat(market.takeAnnouncements())
                .filteredOn(signal -> signal.interval() == Interval.ONE_MINUTE)
                .extracting(signal -> signal.kind() + " " + (signal.timeNanos() - START) / MINUTE)
                .containsExactly(
                        "macd_cross_up 61",
                        "bollinger_breakout_up 68",
                        "ema_cross_up 71",
                        "rsi_overbought 71",
                        "sma_cross_up 78");
    }

    @Test
    void aSignalIsGivenWhenItsBarClosesNotBefore() {
        fallFor(60);
        market.takeAnnouncements();
        minute(60, 300);
        market.endTurn();
        assertThat(kinds(market.takeAnnouncements())).isEmpty();

        minute(61, 300);
        market.endTurn();
        assertThat(kinds(market.takeAnnouncements()))
                .containsExactly("ema_cross_up", "macd_cross_up", "rsi_overbought", "bollinger_breakout_up");
    }

    @Test
    void aLateQuoteTakesBackWhatItUndoes() {
        fallFor(60);
        minute(60, 300);
        market.accept(quote(START + 61 * MINUTE + 30_000_000_000L, 139, 1));
        market.endTurn().takeAnnouncements();

        market.accept(quote(START + 61 * MINUTE - 1, 140, 1));
        market.endTurn();

        assertThat(market.takeAnnouncements())
                .filteredOn(signal -> signal.interval() == Interval.ONE_MINUTE)
                .extracting(signal -> signal.kind() + " " + signal.retracted())
                .containsExactly(
                        "ema_cross_up true", "macd_cross_up true", "rsi_overbought true", "bollinger_breakout_up true");
        assertThat(market.signals().keySet()).noneMatch(name -> name.startsWith("ONE_MINUTE"));
    }

    @Test
    void aLateQuoteThatChangesThePriceOfASignalGivesItAgain() {
        fallFor(60);
        minute(60, 300);
        minute(61, 300);
        market.endTurn().takeAnnouncements();

        market.accept(quote(START + 61 * MINUTE - 1, 310, 1));
        market.endTurn();

        assertThat(market.takeAnnouncements())
                .filteredOn(signal -> signal.interval() == Interval.ONE_MINUTE
                        && signal.kind().contains("bollinger"))
                .extracting(signal -> signal.price() + " " + signal.retracted())
                .containsExactly("310.0 false");
    }

    @Test
    void pricesThatDoNotMoveGiveNoSignals() {
        for (int i = 0; i < 200; i++) {
            minute(i, 0.1);
        }
        market.endTurn();

        assertThat(market.takeAnnouncements()).isEmpty();
    }

    @Test
    void secondsGiveNoSignals() {
        for (int i = 0; i < 200; i++) {
            market.accept(quote(START + i * 1_000_000_000L, 100 + 10 * Math.sin(i / 5.0), 1));
        }
        market.endTurn();

        assertThat(market.takeAnnouncements()).noneMatch(signal -> signal.interval() == Interval.ONE_SECOND);
    }

    @Test
    void aSignalIsWrittenWithItsBarsStartAndWhatWasSeen() {
        Signal signal = new Signal("A\"B", Interval.FIVE_MINUTES, START, "sma_cross_up", 1.5, "up", false);
        MarketJson json = new MarketJson();

        assertThat(new String(json.write(signal), UTF_8))
                .isEqualTo("{\"symbol\":\"A\\\"B\",\"time\":\"2026-01-31T00:00:00.000Z\",\"kind\":\"sma_cross_up\","
                        + "\"interval\":\"5m\",\"price\":1.5,\"detail\":\"up\"}");
        assertThat(new String(json.write(signal.retraction()), UTF_8))
                .endsWith("\"detail\":\"up\",\"retracted\":true}");
    }

    @Test
    void aBarIsWrittenFlatWithWhatIsWarm() {
        market.accept(quote(START, 1.5, 0));
        market.endTurn();
        MarketJson json = new MarketJson();
        assertThat(new String(json.write(market.bars(Interval.ONE_MINUTE).get(0)), UTF_8))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"interval\":\"1m\",\"time\":\"2026-01-31T00:00:00.000Z\","
                        + "\"open\":1.5,\"high\":1.5,\"low\":1.5,\"close\":1.5,\"volume\":0.0,\"trades\":1,"
                        + "\"closed\":false}");

        for (int i = 1; i < 20; i++) {
            minute(i, i % 2 == 0 ? 1.5 : 2.5);
        }
        market.endTurn();
        assertThat(new String(json.write(market.bars(Interval.ONE_MINUTE).get(19)), UTF_8))
                .contains("\"vwap\":2.5,\"sma_20\":2.0,\"ema_12\":")
                .contains(",\"bb_upper\":3.0,\"bb_middle\":2.0,\"bb_lower\":1.0,\"atr_14\":1.0,")
                .doesNotContain("sma_50")
                .doesNotContain("macd");
    }

    private void fallFor(int minutes) {
        for (int i = 0; i < minutes; i++) {
            minute(i, 200 - i);
        }
        market.endTurn();
    }

    private void minute(int minute, double price) {
        market.accept(quote(START + minute * MINUTE, price, 1));
    }

    private static List<String> kinds(List<Signal> signals) {
        return signals.stream()
                .filter(signal -> signal.interval() == Interval.ONE_MINUTE)
                .map(Signal::kind)
                .toList();
    }
}
