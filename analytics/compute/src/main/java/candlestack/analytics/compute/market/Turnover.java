package candlestack.analytics.compute.market;

import candlestack.analytics.compute.json.Decimals;
import candlestack.analytics.compute.quote.Quote;

/**
 * What a quote adds to the sums of its bars. Each number comes with its rest, so that what is summed are the decimals
 * of the market, 0.1 and 0.2, and not the doubles nearest to them.
 */
record Turnover(double size, double sizeRest, double notional, double notionalRest) {
    private static final Turnover NONE = new Turnover(0, 0, 0, 0);

    static Turnover of(Quote quote) {
        double price = quote.price();
        double size = quote.size();
        if (!(size > 0)) {
            return NONE;
        }
        double sizeRest = Decimals.remainder(size);
        double notional = price * size;
        double notionalRest = Math.fma(price, size, -notional) + price * sizeRest + size * Decimals.remainder(price);
        return new Turnover(size, sizeRest, notional, notionalRest);
    }
}
