package candlestack.analytics.compute.stream;

import candlestack.analytics.compute.state.StateOutput;

/**
 * All that is known of one key. A turn is: records in, in the order of their arrival; {@link #writeOut}; what
 * {@link #write} gives is kept for the next turn. Where turns begin and end makes no difference to the last version of
 * anything that goes out. Used by one thread.
 */
public interface KeyState {
    /** Takes in a record, and sends what has to follow from each; never throws because of what a record holds. */
    void accept(StreamRecord record, StreamOutput output);

    /** Ends a turn: sends what has changed and is said once a turn. */
    default void writeOut(StreamOutput output) {}

    /** Whether there is nothing to keep. */
    default boolean isEmpty() {
        return false;
    }

    /** Writes what is to be kept. */
    void write(StateOutput output);
}
