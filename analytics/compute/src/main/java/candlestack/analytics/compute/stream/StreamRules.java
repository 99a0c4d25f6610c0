package candlestack.analytics.compute.stream;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the records of some topics. Records are told apart by a key; all records of one key are judged by one
 * {@link KeyState}, in the order of their arrival. Serializable, to travel with a job, and used by several threads at
 * once, so rules hold settings and nothing that changes.
 */
public interface StreamRules extends Serializable {
    /** Names the query, its metrics and its checkpoint; never to be changed. */
    String name();

    /** The topics that are read, from the earliest record on. */
    List<String> topics();

    /** To be raised whenever states that were kept before cannot be read any more. */
    int stateVersion();

    /**
     * The key that a record belongs to. Of a record that cannot be read it may be anything, such as the empty text: its
     * {@link KeyState} then refuses it. Called for every record, so it should read no more than it must.
     */
    String keyOf(StreamRecord record);

    /** The state of a key of which nothing is kept. */
    KeyState newState(String key);

    /** The state whose {@link KeyState#write} gave these bytes. */
    KeyState readState(String key, byte[] bytes);

    /** What becomes of what the key states {@link StreamOutput#forward}, in the same batch. */
    default Optional<SecondStage> secondStage() {
        return Optional.empty();
    }
}
