package candlestack.analytics.compute.indicator;

/** The indicators of a bar, in the order in which they are written. Definitions are TA-Lib's. */
public enum Indicator {
    SMA_20("sma_20"),
    SMA_50("sma_50"),
    EMA_12("ema_12"),
    EMA_26("ema_26"),
    MACD("macd"),
    MACD_SIGNAL("macd_signal"),
    MACD_HISTOGRAM("macd_histogram"),
    RSI_14("rsi_14"),
    BB_UPPER("bb_upper"),
    BB_MIDDLE("bb_middle"),
    BB_LOWER("bb_lower"),
    ATR_14("atr_14"),
    VOLATILITY_20("volatility_20");

    private static final Indicator[] ALL = values();

    private final String field;

    Indicator(String field) {
        this.field = field;
    }

    /** Its name in topics, tables and measurements. */
    public String field() {
        return field;
    }

    static int count() {
        return ALL.length;
    }
}
