package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** One version of a bar, from {@code market.bars}. */
public final class Bar {
    /** Every number of a bar, under its name in all stores. */
    public static final List<String> FIELDS = List.of(
            "open",
            "high",
            "low",
            "close",
            "volume",
            "trades",
            "vwap",
            "sma_20",
            "sma_50",
            "ema_12",
            "ema_26",
            "macd",
            "macd_signal",
            "macd_histogram",
            "rsi_14",
            "bb_upper",
            "bb_middle",
            "bb_lower",
            "atr_14",
            "volatility_20");

    public static final int TRADES = FIELDS.indexOf("trades");
    private static final int REQUIRED = TRADES + 1;

    private final Key key;
    private final double[] values;
    private final boolean closed;

    /**
     * What a bar is told by.
     *
     * @param time its start
     */
    public record Key(String symbol, String interval, Instant time) {
        public Key {
            requireNonNull(symbol, "symbol is null");
            requireNonNull(interval, "interval is null");
            requireNonNull(time, "time is null");
        }
    }

    private Bar(Key key, double[] values, boolean closed) {
        this.key = requireNonNull(key, "key is null");
        this.values = values;
        this.closed = closed;
    }

    public static Bar decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        Key key = new Key(Json.text(object, "symbol"), Json.text(object, "interval"), Json.time(object, "time"));
        double[] values = new double[FIELDS.size()];
        for (int i = 0; i < values.length; i++) {
            String field = FIELDS.get(i);
            values[i] = i < REQUIRED ? Json.number(object, field) : Json.optionalNumber(object, field);
        }
        return new Bar(key, values, object.path("closed").asBoolean());
    }

    public Key key() {
        return key;
    }

    /**
     * NaN where the bar has none, as an indicator that is not warm.
     *
     * @param field an index into {@link #FIELDS}
     */
    public double value(int field) {
        return values[field];
    }

    /** No quote will change it any more, but a late one. */
    public boolean closed() {
        return closed;
    }
}
