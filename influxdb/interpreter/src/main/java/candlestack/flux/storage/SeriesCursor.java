package candlestack.flux.storage;

import java.util.Optional;

/** The series of an answer, one after the other. Not thread-safe. */
public interface SeriesCursor extends AutoCloseable {
    /** The next series, or empty at the end. Makes the one before unusable. */
    Optional<Series> next();

    /** Frees what the read holds; may be called twice and before the end. */
    @Override
    void close();
}
