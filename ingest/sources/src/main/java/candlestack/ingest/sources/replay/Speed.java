package candlestack.ingest.sources.replay;

import java.time.Duration;

/** How many times faster than it happened; {@link Double#POSITIVE_INFINITY} does not wait at all. */
record Speed(double factor) {
    static Speed parse(String text) {
        if (text.equals("max")) {
            return new Speed(Double.POSITIVE_INFINITY);
        }
        double factor = Double.parseDouble(text);
        if (!(factor >= 0.001 && factor <= 1_000_000)) {
            throw new IllegalArgumentException();
        }
        return new Speed(factor);
    }

    boolean isMax() {
        return Double.isInfinite(factor);
    }

    /** How long it takes to play what took {@code duration}. */
    Duration played(Duration duration) {
        if (factor == 1) {
            return duration;
        }
        return isMax() ? Duration.ZERO : Duration.ofMillis(Math.round(duration.toMillis() / factor));
    }
}
