package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

/**
 * Ids that are the same whenever an event is read again: that is what makes "nothing twice" possible.
 *
 * <p>Where events come in a sequence that can be counted, use {@link #numbered}: whatever was already seen is then
 * known by one number for each stream and key, however long ago it was. Where they do not, make the id from what
 * identifies the event at its origin, such as the trade's number at the exchange; a repetition is then noticed for
 * some minutes. Never use a random number or the time of reading.
 */
public final class EventIds {
    private EventIds() {}

    /**
     * The id of the {@code n}-th event of a stream.
     *
     * @param stream names the sequence and its instance, such as {@code btc/trades.csv}; whatever begins again at 0
     *     needs another name
     * @param n from 0, larger for each later event; gaps do no harm
     */
    public static String numbered(String stream, long n) {
        requireNonNull(stream, "stream is null");
        if (n < 0) {
            throw new IllegalArgumentException("Invalid number of an event of '" + stream + "': " + n);
        }
        return stream + '#' + n;
    }
}
