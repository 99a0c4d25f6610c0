package candlestack.ingest.yahoo;

/** The part of an exchange's day that a price is of. */
enum Phase {
    PRE,
    REGULAR,
    POST;

    /** As quotes carry it: the exchange alone in regular hours, {@code NMS:PRE} or {@code NMS:POST} around them. */
    String mark(String exchange) {
        return this == REGULAR ? exchange : exchange + ":" + name();
    }
}
