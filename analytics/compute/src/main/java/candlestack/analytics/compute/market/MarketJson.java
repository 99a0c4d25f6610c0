package candlestack.analytics.compute.market;

import candlestack.analytics.compute.indicator.Indicator;
import candlestack.analytics.compute.json.JsonWriter;
import java.util.function.DoubleFunction;

/** The values of {@code market.bars} and {@code market.signals}. Not safe for use by several threads. */
public final class MarketJson {
    private static final Indicator[] INDICATORS = Indicator.values();

    private final JsonWriter writer;

    public MarketJson() {
        this(Double::toString);
    }

    /** @param shortest see {@link JsonWriter#JsonWriter(DoubleFunction)} */
    public MarketJson(DoubleFunction<String> shortest) {
        this.writer = new JsonWriter(shortest);
    }

    /** Flat; without {@code vwap} where there was no volume, and without the indicators that are not warm. */
    public byte[] write(Bar bar) {
        writer.begin()
                .text("symbol", bar.symbol())
                .text("interval", bar.interval().label())
                .time("time", bar.startNanos())
                .number("open", bar.open())
                .number("high", bar.high())
                .number("low", bar.low())
                .number("close", bar.close())
                .number("volume", bar.volume())
                .number("trades", bar.trades());
        if (!Double.isNaN(bar.vwap())) {
            writer.number("vwap", bar.vwap());
        }
        for (Indicator indicator : INDICATORS) {
            if (bar.indicators().has(indicator)) {
                writer.number(indicator.field(), bar.indicators().get(indicator));
            }
        }
        return writer.flag("closed", bar.closed()).end();
    }

    /** With {@code retracted} only where it is. */
    public byte[] write(Signal signal) {
        writer.begin()
                .text("symbol", signal.symbol())
                .time("time", signal.timeNanos())
                .text("kind", signal.kind())
                .text("interval", signal.interval().label())
                .number("price", signal.price())
                .text("detail", signal.detail());
        if (signal.retracted()) {
            writer.flag("retracted", true);
        }
        return writer.end();
    }
}
