package candlestack.analytics.compute.stream;

import java.io.Serializable;

/**
 * What becomes of the rows that first states forward, grouped by the key they were forwarded to; for instance votes,
 * judged by voter, counted by candidate. Rows arrive in the order of the records that caused them; where a batch ends
 * makes no difference to what a state says in the end. As thread-safe as {@link StreamRules}.
 */
public interface SecondStage extends Serializable {
    KeyState newState(String key);

    KeyState readState(String key, byte[] bytes);
}
