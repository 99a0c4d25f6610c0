package candlestack.analytics.compute.quote;

/** What became of a record of {@code market.quotes}. */
public sealed interface Decoded permits Quote, Malformed {}
