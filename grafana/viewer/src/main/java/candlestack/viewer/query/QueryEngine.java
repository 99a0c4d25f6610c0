package candlestack.viewer.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Runs the targets of one kind of data source. Thread-safe; blocks until the answer is complete. */
public interface QueryEngine extends AutoCloseable {
    /**
     * The answer to a target of a dashboard's file.
     *
     * @throws QueryException with a message for the panel
     */
    List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation);

    @Override
    default void close() {}
}
