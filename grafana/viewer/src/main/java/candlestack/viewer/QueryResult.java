package candlestack.viewer;

import candlestack.viewer.query.Frame;
import java.util.List;

/**
 * Of one target.
 *
 * @param error "" where there is none
 * @param millis that the store took
 */
record QueryResult(List<Frame> frames, String error, long millis) {
    static QueryResult error(String message) {
        return new QueryResult(List.of(), message, 0);
    }
}
