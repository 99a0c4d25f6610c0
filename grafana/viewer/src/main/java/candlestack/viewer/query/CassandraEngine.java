package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** CQL as the role that can only select. A table is one frame. */
public final class CassandraEngine implements QueryEngine {
    private static final int PAGE_ROWS = 1_000;

    private final CassandraSessions sessions;
    private final String address;
    private final Supplier<Optional<String>> password;
    private final Limits limits;
    private CqlSession session;

    /** @param password asked at the first query, since the node may be set up after the viewer has started */
    public CassandraEngine(
            CassandraSessions sessions, String address, Supplier<Optional<String>> password, Limits limits) {
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.address = requireNonNull(address, "address is null");
        this.password = requireNonNull(password, "password is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        String cql = CqlText.interpolate(target.path("target").asText(), scope);
        try {
            SimpleStatement statement =
                    SimpleStatement.newInstance(cql).setPageSize(PAGE_ROWS).setTimeout(limits.timeout());
            return List.of(CqlFrames.read(session().execute(statement), limits, cancellation));
        } catch (AllNodesFailedException e) {
            throw new QueryException("Cannot reach Cassandra at " + address + ": " + reason(e), e);
        } catch (DriverException e) {
            throw new QueryException("Cannot query Cassandra at " + address + ": " + e.getMessage(), e);
        }
    }

    private static String reason(AllNodesFailedException failure) {
        return CassandraSessions.isRefusal(failure)
                ? "it refuses the password of " + CassandraRole.READER.roleName()
                : "it does not answer, or is still starting";
    }

    /** The driver connects again by itself; only the first time it wants a node that answers. */
    private synchronized CqlSession session() {
        if (session == null) {
            session = sessions.open(
                    CassandraRole.READER,
                    password.get()
                            .orElseThrow(() -> new QueryException("Cannot query Cassandra: its reader password is not"
                                    + " there yet; the first start with the users stream makes it")));
        }
        return session;
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
    }
}
