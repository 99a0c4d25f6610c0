package candlestack.analytics.sinks.cassandra;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.RefinedUser;
import candlestack.analytics.sinks.users.UserBatch;
import candlestack.analytics.sinks.users.UserBatch.Version;
import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Transformed profiles, and mean ages by country. Writes carry the time of their event, so whichever of two versions
 * comes last, the newer one stays; rows about people go when their event is as old as the retention.
 */
public final class CassandraDelivery implements Delivery {
    /** Of anything else there is no row to erase. */
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final CassandraSessions sessions;
    private final TimeToLive timeToLive;
    /** Made by the delivering thread, closed by any. */
    private Optional<UserTables> tables = Optional.empty();

    private boolean closed;

    /** @param clock says how old an event is */
    public CassandraDelivery(Settings settings, InstantSource clock) {
        this.sessions = new CassandraSessions(requireNonNull(settings, "settings is null"));
        this.timeToLive = new TimeToLive(settings.get(Keys.RETENTION), clock);
    }

    @Override
    public String name() {
        return "cassandra";
    }

    @Override
    public List<Topic> topics() {
        return UserBatch.TOPICS;
    }

    @Override
    public Duration gathering() {
        return Duration.ofMillis(250);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
            throws StoreException, InterruptedException {
        UserBatch batch = UserBatch.of(records, refusals);
        try {
            return write(batch, tables());
        } catch (DriverException e) {
            throw new StoreException(kind(e), e.getMessage(), e);
        } catch (IllegalStateException e) {
            // No secret yet, or a session that was closed.
            throw new StoreException(StoreException.Kind.MISCONFIGURED, e.getMessage(), e);
        }
    }

    private static int write(UserBatch batch, UserTables tables) throws StoreException, InterruptedException {
        try {
            return write(batch, tables, new InFlight());
        } catch (InvalidQueryException e) {
            // Of a statement that the server has prepared. It says the same when a table has gone since, and when it
            // refuses everybody's rows: a guardrail, a full disk, a time to live that ends later than it can say.
            StoreException.Kind kind =
                    takesOthers(batch, tables) ? StoreException.Kind.REFUSED : StoreException.Kind.MISCONFIGURED;
            throw new StoreException(kind, e.getMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // What CQL has no value for, such as a time in millions of years.
            throw new StoreException(StoreException.Kind.REFUSED, e.toString(), e);
        }
    }

    private static int write(UserBatch batch, UserTables tables, InFlight inFlight) throws InterruptedException {
        for (Version<RefinedUser> user : batch.users()) {
            if (user.value().isPresent()) {
                inFlight.add(() -> tables.keep(user.value().get(), user.micros()));
            } else if (UUID_TEXT.matcher(user.key()).matches()) {
                UUID id = UUID.fromString(user.key());
                inFlight.add(() -> tables.erase(id, batch.countriesOf(user.key()), user.micros()));
            }
        }
        for (var tally : batch.tallies("country")) {
            inFlight.add(() -> tables.count(tally.key(), tally.value(), tally.micros()));
        }
        return inFlight.finish();
    }

    /** Whether a record is to blame. Of a batch the first tells: it is halved until it is a batch of one. */
    private static boolean takesOthers(UserBatch batch, UserTables tables) {
        Optional<Version<RefinedUser>> user = batch.users().stream().findFirst();
        if (user.isPresent()) {
            return tables.takeOthers(user.get().micros(), user.get().value().map(RefinedUser::time));
        }
        long micros = batch.tallies("country").stream()
                .mapToLong(Version::micros)
                .findFirst()
                .orElse(1);
        return tables.takeOthers(micros, Optional.empty());
    }

    private UserTables tables() {
        synchronized (this) {
            if (tables.isPresent()) {
                return tables.get();
            }
        }
        UserTables opened = opened();
        synchronized (this) {
            if (closed) {
                opened.close();
                throw new IllegalStateException("closed");
            }
            tables = Optional.of(opened);
        }
        return opened;
    }

    private UserTables opened() {
        CqlSession session = sessions.open(CassandraRole.WRITER);
        try {
            return UserTables.prepare(session, timeToLive);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static StoreException.Kind kind(DriverException e) {
        if (e instanceof QueryValidationException) {
            return StoreException.Kind.MISCONFIGURED;
        }
        if (e instanceof AllNodesFailedException failure && CassandraSessions.isRefusal(failure)) {
            return StoreException.Kind.MISCONFIGURED;
        }
        return e instanceof AllNodesFailedException || e instanceof DriverTimeoutException
                ? StoreException.Kind.UNREACHABLE
                : StoreException.Kind.BUSY;
    }

    @Override
    public synchronized void close() {
        closed = true;
        tables.ifPresent(UserTables::close);
    }
}
