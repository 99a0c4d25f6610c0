package candlestack.ingest.api;

import java.util.List;
import java.util.Optional;

/** A configured source that is not connected to anything. Stateless: it may be opened, closed and opened again. */
public interface Source {
    /**
     * Connects. Called on the host's thread for this source; at most one reader is open at a time.
     *
     * @param position where to go on; empty at the very first start, and after {@link ErrorKind#POSITION_LOST}
     * @throws SourceException if it cannot; nothing stays open then. The host tries again as the error's kind says
     * @throws InterruptedException if the host's thread was interrupted, which means "stop"
     */
    SourceReader open(Optional<Position> position) throws SourceException, InterruptedException;

    /**
     * Checks step by step whether this source would work, for {@code ./candlestack doctor}. It may connect and takes
     * less than half a minute. By default there is nothing to check.
     */
    default List<Diagnosis> diagnose() throws InterruptedException {
        return List.of();
    }
}
