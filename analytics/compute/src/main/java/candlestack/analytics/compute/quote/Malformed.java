package candlestack.analytics.compute.quote;

import static java.util.Objects.requireNonNull;

/**
 * A record that is no quote.
 *
 * @param reason why, in words that tell its sender what to change
 */
public record Malformed(String reason) implements Decoded {
    public Malformed {
        requireNonNull(reason, "reason is null");
    }
}
