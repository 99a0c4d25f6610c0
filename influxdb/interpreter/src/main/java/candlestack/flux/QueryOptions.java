package candlestack.flux;

import static java.util.Objects.requireNonNull;

import candlestack.flux.storage.Storage;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * What a query runs with.
 *
 * @param storage where {@code from}, {@code to} and {@code buckets} go
 * @param now what {@code now()} answers
 * @param organization the name of the caller's organization
 * @param memoryLimit bytes of table data the query may hold at once
 * @param deadline when it is given up
 * @param cancelled asked now and then; true ends the query
 */
public record QueryOptions(
        Storage storage,
        Instant now,
        String organization,
        long memoryLimit,
        Instant deadline,
        BooleanSupplier cancelled) {
    public QueryOptions {
        requireNonNull(storage, "storage is null");
        requireNonNull(now, "now is null");
        requireNonNull(organization, "organization is null");
        requireNonNull(deadline, "deadline is null");
        requireNonNull(cancelled, "cancelled is null");
        if (memoryLimit <= 0) {
            throw new IllegalArgumentException("Invalid memory limit: " + memoryLimit + ", expected more than 0 bytes");
        }
    }
}
