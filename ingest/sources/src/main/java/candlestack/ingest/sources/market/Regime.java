package candlestack.ingest.sources.market;

/** How nervous the market is. */
enum Regime {
    CALM(0.6),
    NORMAL(1),
    TURBULENT(2.5);

    private final double factor;

    Regime(double factor) {
        this.factor = factor;
    }

    /** Times the volatility of normal times. */
    double factor() {
        return factor;
    }
}
