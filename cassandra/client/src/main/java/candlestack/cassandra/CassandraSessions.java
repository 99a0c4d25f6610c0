package candlestack.cassandra;

import static java.util.Objects.requireNonNull;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Opens sessions. Safe for all threads; the caller closes what it opens. */
public final class CassandraSessions {
    private static final int USUAL_PORT = 9042;
    /** A node that has just started on a machine that is busy takes its time. */
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);

    private static final Duration RECONNECTION_PATIENCE = Duration.ofSeconds(5);
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(20);

    private final List<InetSocketAddress> contactPoints;
    private final Secrets secrets;

    public CassandraSessions(Settings settings) {
        this(settings.cassandraContactPoints(), new Secrets(settings.secretsDirectory()));
    }

    /** @param contactPoints {@code host:port,...}; the port may be left out */
    public CassandraSessions(String contactPoints, Secrets secrets) {
        this.contactPoints = Arrays.stream(contactPoints.split(","))
                .map(CassandraSessions::address)
                .toList();
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /**
     * Logs in with the role's secret.
     *
     * @throws AllNodesFailedException when no node answers, or each refuses the login: see {@link #isRefusal}
     * @throws IllegalStateException when there is no such secret yet
     */
    public CqlSession open(CassandraRole role) {
        return open(role, secrets.require(role.secret()));
    }

    /** As {@link #open(CassandraRole)}, with another password. */
    public CqlSession open(CassandraRole role, String password) {
        return CqlSession.builder()
                .addContactPoints(contactPoints)
                .withAuthCredentials(role.roleName(), password)
                .withConfigLoader(configuration(role))
                .withClassLoader(CqlSession.class.getClassLoader())
                .build();
    }

    /** Whether nodes answered and did not accept the password. */
    public static boolean isRefusal(AllNodesFailedException failure) {
        return failure.getAllErrors().values().stream()
                .flatMap(Collection::stream)
                .anyMatch(AuthenticationException.class::isInstance);
    }

    private static DriverConfigLoader configuration(CassandraRole role) {
        return DriverConfigLoader.programmaticBuilder()
                .withString(
                        DefaultDriverOption.SESSION_NAME,
                        "candlestack-" + role.name().toLowerCase(java.util.Locale.ROOT))
                // The data centre is that of the contact points.
                .withString(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy")
                .withString(
                        DefaultDriverOption.REQUEST_CONSISTENCY,
                        role == CassandraRole.READER ? "LOCAL_ONE" : "LOCAL_QUORUM")
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECT_PATIENCE)
                // A node that was away for long is noticed as soon as one that was away for a moment.
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECTION_PATIENCE)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECT_PATIENCE)
                .withDuration(DefaultDriverOption.CONNECTION_SET_KEYSPACE_TIMEOUT, CONNECT_PATIENCE)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECT_PATIENCE)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, REQUEST_PATIENCE)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_PATIENCE)
                .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of("users"))
                // All we write are upserts by key.
                .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                // A program that ends does not wait for threads that wait for nothing.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
                .build();
    }

    private static InetSocketAddress address(String written) {
        String text = written.strip();
        int colon = text.lastIndexOf(':');
        try {
            return colon < 0
                    ? new InetSocketAddress(text, USUAL_PORT)
                    : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid cassandra.url: '" + written + "', expected host:port,...", e);
        }
    }
}
