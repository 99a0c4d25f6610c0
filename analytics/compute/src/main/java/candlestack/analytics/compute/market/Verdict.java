package candlestack.analytics.compute.market;

/** What became of a quote. */
public enum Verdict {
    /** It is in its bars. */
    ACCEPTED,
    /** It had been taken in before; nothing has changed. */
    DUPLICATE,
    /** It is too far behind the newest quote of its symbol: a dead letter. */
    LATE,
    /** It is too far ahead of the clock: a dead letter. */
    FUTURE
}
