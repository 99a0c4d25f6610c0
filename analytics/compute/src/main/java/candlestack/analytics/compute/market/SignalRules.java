package candlestack.analytics.compute.market;

import static candlestack.analytics.compute.indicator.Indicator.BB_LOWER;
import static candlestack.analytics.compute.indicator.Indicator.BB_UPPER;
import static candlestack.analytics.compute.indicator.Indicator.EMA_12;
import static candlestack.analytics.compute.indicator.Indicator.EMA_26;
import static candlestack.analytics.compute.indicator.Indicator.MACD;
import static candlestack.analytics.compute.indicator.Indicator.MACD_SIGNAL;
import static candlestack.analytics.compute.indicator.Indicator.RSI_14;
import static candlestack.analytics.compute.indicator.Indicator.SMA_20;
import static candlestack.analytics.compute.indicator.Indicator.SMA_50;

import candlestack.analytics.compute.indicator.Indicator;
import candlestack.analytics.compute.indicator.IndicatorValues;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Finds what turned between a bar and the one before it: a pure function of the two. */
final class SignalRules {
    private static final double OVERBOUGHT = 70;
    private static final double OVERSOLD = 30;
    /** Means of equal prices differ in their last bits; that is no crossing. */
    private static final double SAME = 1e-12;

    private final double previousClose;
    private final IndicatorValues previous;
    private final Bar bar;
    private final List<Signal> found = new ArrayList<>(0);

    private SignalRules(double previousClose, IndicatorValues previous, Bar bar) {
        this.previousClose = previousClose;
        this.previous = previous;
        this.bar = bar;
    }

    /** @param previous of the bar before, with none before the first */
    static List<Signal> apply(double previousClose, IndicatorValues previous, Bar bar) {
        SignalRules rules = new SignalRules(previousClose, previous, bar);
        rules.lines("sma_cross", SMA_20, SMA_50);
        rules.lines("ema_cross", EMA_12, EMA_26);
        rules.lines("macd_cross", MACD, MACD_SIGNAL);
        rules.strength();
        rules.bands();
        return rules.found;
    }

    private void lines(String kind, Indicator fast, Indicator slow) {
        if (!previous.has(fast) || !previous.has(slow)) {
            return;
        }
        int before = compare(previous.get(fast), previous.get(slow));
        int now = compare(value(fast), value(slow));
        if (before <= 0 && now > 0) {
            add(kind + "_up", named(fast) + " crossed above " + named(slow));
        } else if (before >= 0 && now < 0) {
            add(kind + "_down", named(fast) + " crossed below " + named(slow));
        }
    }

    private void strength() {
        if (!previous.has(RSI_14)) {
            return;
        }
        double before = previous.get(RSI_14);
        if (before <= OVERBOUGHT && value(RSI_14) > OVERBOUGHT) {
            add("rsi_overbought", named(RSI_14) + " rose above " + rounded(OVERBOUGHT));
        } else if (before >= OVERSOLD && value(RSI_14) < OVERSOLD) {
            add("rsi_oversold", named(RSI_14) + " fell below " + rounded(OVERSOLD));
        }
    }

    private void bands() {
        if (!previous.has(BB_UPPER)) {
            return;
        }
        boolean wasAbove = compare(previousClose, previous.get(BB_UPPER)) > 0;
        boolean wasBelow = compare(previousClose, previous.get(BB_LOWER)) < 0;
        if (!wasAbove && compare(bar.close(), value(BB_UPPER)) > 0) {
            add("bollinger_breakout_up", "close " + rounded(bar.close()) + " broke above " + named(BB_UPPER));
        } else if (!wasBelow && compare(bar.close(), value(BB_LOWER)) < 0) {
            add("bollinger_breakout_down", "close " + rounded(bar.close()) + " broke below " + named(BB_LOWER));
        }
    }

    private void add(String kind, String detail) {
        found.add(new Signal(bar.symbol(), bar.interval(), bar.startNanos(), kind, bar.close(), detail, false));
    }

    private double value(Indicator indicator) {
        return bar.indicators().get(indicator);
    }

    /** The sign of the difference. The price gives the scale: a difference of two averages may itself be near 0. */
    private int compare(double left, double right) {
        double difference = left - right;
        return Math.abs(difference) <= SAME * bar.close() ? 0 : (int) Math.signum(difference);
    }

    private String named(Indicator indicator) {
        return indicator.field() + " " + rounded(value(indicator));
    }

    private static String rounded(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
