package candlestack.analytics.compute.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import candlestack.analytics.compute.indicator.Indicator;
import candlestack.analytics.compute.market.Trades.Trade;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNum;

/** A week of real trades, bar by bar against bars made another way, in decimals. */
class RealTradesTest {
    private static List<Trade> trades;
    private static Market market;

    @BeforeAll
    static void runTheWeek() {
        trades = Trades.all();
        market = new Market();
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = trades.get(i);
            Verdict verdict = market.accept(Market.quote(
                    trade.seconds() * 1_000_000_000L,
                    trade.price().doubleValue(),
                    trade.amount().doubleValue()));
            assertThat(verdict).isEqualTo(Verdict.ACCEPTED);
            if (i % 997 == 0) {
                market.endTurn();
            }
        }
        market.endTurn();
    }

    @ParameterizedTest
    @EnumSource(Interval.class)
    void everyBarIsExact(Interval interval) {
        long length = interval.nanos() / 1_000_000_000L;
        TreeMap<Long, List<Trade>> expected = trades.stream()
                .collect(Collectors.groupingBy(
                        trade -> trade.seconds() / length * length, TreeMap::new, Collectors.toList()));

        assertThat(market.bars(interval)).hasSameSizeAs(expected.keySet());
        for (Bar bar : market.bars(interval)) {
            assertBar(bar, expected.get(bar.startNanos() / 1_000_000_000L));
        }
    }

    private static void assertBar(Bar bar, List<Trade> expected) {
        BigDecimal volume = sum(expected, Trade::amount);
        BigDecimal notional = sum(expected, trade -> trade.price().multiply(trade.amount()));
        assertThat(bar.open()).isEqualTo(expected.get(0).price().doubleValue());
        assertThat(bar.close())
                .isEqualTo(expected.get(expected.size() - 1).price().doubleValue());
        assertThat(bar.high())
                .isEqualTo(expected.stream()
                        .mapToDouble(t -> t.price().doubleValue())
                        .max()
                        .orElseThrow());
        assertThat(bar.low())
                .isEqualTo(expected.stream()
                        .mapToDouble(t -> t.price().doubleValue())
                        .min()
                        .orElseThrow());
        assertThat(bar.trades()).isEqualTo(expected.size());
        assertThat(bar.volume()).isEqualTo(volume.doubleValue());
        if (volume.signum() == 0) {
            assertThat(bar.vwap()).isNaN();
            return;
        }
        assertThat(bar.vwap())
                .isEqualTo(notional.divide(volume, MathContext.DECIMAL128).doubleValue());
    }

    private static BigDecimal sum(List<Trade> trades, Function<Trade, BigDecimal> part) {
        return trades.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void theWeekHasAsManyBarsAsItHadTimesWithTrades() {
        assertThat(market.bars(Interval.ONE_SECOND)).hasSize(58_699);
        assertThat(market.bars(Interval.ONE_DAY)).hasSize(7);
    }

    /** ta4j starts its smoothed averages from the first value, TA-Lib from a mean: after 500 bars they are one. */
    @Test
    void ta4jAgreesWithTheIndicatorsOfTheMinuteBars() {
        List<Bar> bars = market.bars(Interval.ONE_MINUTE);
        BarSeries series =
                new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
        for (Bar bar : bars) {
            ZonedDateTime end = Instant.ofEpochSecond(bar.startNanos() / 1_000_000_000L + 60)
                    .atZone(ZoneOffset.UTC);
            series.addBar(end, bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
        }
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        assertAgrees(bars, 49, Indicator.SMA_20, new SMAIndicator(close, 20)::getValue);
        assertAgrees(bars, 49, Indicator.SMA_50, new SMAIndicator(close, 50)::getValue);
        assertAgrees(bars, 500, Indicator.EMA_12, new EMAIndicator(close, 12)::getValue);
        assertAgrees(bars, 500, Indicator.EMA_26, new EMAIndicator(close, 26)::getValue);
        assertAgrees(bars, 500, Indicator.RSI_14, new RSIIndicator(close, 14)::getValue);
        assertAgrees(bars, 500, Indicator.ATR_14, new ATRIndicator(series, 14)::getValue);
        StandardDeviationIndicator deviation = new StandardDeviationIndicator(close, 20);
        SMAIndicator middle = new SMAIndicator(close, 20);
        assertAgrees(
                bars,
                49,
                Indicator.BB_UPPER,
                i -> middle.getValue(i).plus(deviation.getValue(i).multipliedBy(series.numOf(2))));
        assertAgrees(
                bars,
                49,
                Indicator.BB_LOWER,
                i -> middle.getValue(i).minus(deviation.getValue(i).multipliedBy(series.numOf(2))));
    }

    private static void assertAgrees(
            List<Bar> bars, int from, Indicator indicator, Function<Integer, org.ta4j.core.num.Num> ta4j) {
        for (int i = from; i < bars.size(); i++) {
            double expected = ta4j.apply(i).doubleValue();
            assertThat(bars.get(i).indicators().get(indicator))
                    .as("%s of bar %d", indicator, i)
                    .isCloseTo(expected, offset(1e-7));
        }
    }
}
