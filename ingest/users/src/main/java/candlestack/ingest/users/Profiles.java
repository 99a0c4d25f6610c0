package candlestack.ingest.users;

import candlestack.ingest.api.SourceException;
import java.time.Duration;
import java.util.List;

/** A sequence of profiles that can be read again from any number on. One thread's. */
interface Profiles extends AutoCloseable {
    /**
     * Profiles in their order.
     *
     * @param first number of the first, from 0
     * @param most how many are wanted; fewer may come
     * @return none if they have not come within {@code maxWait}
     */
    List<Profile> read(long first, int most, Duration maxWait) throws SourceException, InterruptedException;

    @Override
    void close();
}
