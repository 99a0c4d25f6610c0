package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.setup.Patience.NotYetException;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyspace, three roles with their passwords, and, as the owner, the tables. A server whose superuser still has the
 * password that every new server has is given ours.
 */
final class CassandraSetup implements SetupStep {
    static final String KEYSPACE = "users";

    private static final Logger log = LoggerFactory.getLogger(CassandraSetup.class);
    private static final String DEFAULT_PASSWORD = "cassandra";

    private final String contactPoints;
    private final int replication;
    private final Duration retention;
    private final CassandraSessions sessions;
    private final Secrets secrets;

    CassandraSetup(Settings settings, Secrets secrets) {
        this.contactPoints = settings.cassandraContactPoints();
        this.replication = settings.get(Keys.CASSANDRA_REPLICATION);
        this.retention = settings.get(Keys.RETENTION);
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.sessions = new CassandraSessions(contactPoints, secrets);
    }

    @Override
    public String name() {
        return "cassandra";
    }

    @Override
    public void run(Duration patience) throws InterruptedException {
        String server = "Cassandra at " + contactPoints;
        secrets.findOrGenerate(Secrets.CASSANDRA_SUPERUSER);
        try (CqlSession superuser = Patience.await(server, patience, this::superuser)) {
            for (CassandraRole role : CassandraRole.values()) {
                if (role != CassandraRole.SUPERUSER) {
                    makeRole(superuser, role);
                }
            }
            makeKeyspace(superuser);
        } catch (DriverException e) {
            throw new SetupException("Cannot set up the roles and the keyspace of " + server, e);
        }
        try (CqlSession owner = sessions.open(CassandraRole.OWNER)) {
            CassandraSchema schema = new CassandraSchema(owner, KEYSPACE);
            schema.apply(SchemaFiles.load("cassandra"));
            schema.expireRows(retention);
        } catch (DriverException e) {
            throw new SetupException("Cannot make the tables of " + server, e);
        }
    }

    private CqlSession superuser() throws NotYetException {
        try {
            return sessions.open(CassandraRole.SUPERUSER);
        } catch (AllNodesFailedException e) {
            if (!CassandraSessions.isRefusal(e)) {
                throw new NotYetException(e);
            }
        }
        takeOver();
        return sessions.open(CassandraRole.SUPERUSER);
    }

    private void takeOver() throws NotYetException {
        try (CqlSession session = sessions.open(CassandraRole.SUPERUSER, DEFAULT_PASSWORD)) {
            setPassword(session, CassandraRole.SUPERUSER);
            log.info("Replaced the default password of role {}", CassandraRole.SUPERUSER.roleName());
        } catch (AllNodesFailedException e) {
            if (!CassandraSessions.isRefusal(e)) {
                throw new NotYetException(e);
            }
            throw new SetupException("Cannot log in to Cassandra at " + contactPoints + " as "
                    + CassandraRole.SUPERUSER.roleName() + ": it was set up before with another password; put that"
                    + " one into the secret '" + Secrets.CASSANDRA_SUPERUSER + "'");
        }
    }

    private void makeRole(CqlSession session, CassandraRole role) {
        secrets.findOrGenerate(role.secret());
        session.execute("CREATE ROLE IF NOT EXISTS " + role.roleName() + " WITH LOGIN = true");
        setPassword(session, role);
    }

    /** A password cannot be a parameter; the server leaves it out of its own logs. */
    private void setPassword(CqlSession session, CassandraRole role) {
        String password = secrets.require(role.secret()).replace("'", "''");
        session.execute("ALTER ROLE " + role.roleName() + " WITH PASSWORD = '" + password + "'");
    }

    private void makeKeyspace(CqlSession session) {
        session.execute("CREATE KEYSPACE IF NOT EXISTS " + KEYSPACE
                + " WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': " + replication
                + "}");
        grant(session, "ALL PERMISSIONS", CassandraRole.OWNER);
        grant(session, "SELECT", CassandraRole.WRITER);
        grant(session, "MODIFY", CassandraRole.WRITER);
        grant(session, "SELECT", CassandraRole.READER);
    }

    /** At every start but the first Cassandra warns that the role has the permission already, as it should. */
    private static void grant(CqlSession session, String permission, CassandraRole role) {
        DriverExecutionProfile quiet = session.getContext()
                .getConfig()
                .getDefaultProfile()
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false);
        session.execute(SimpleStatement.newInstance(
                        "GRANT " + permission + " ON KEYSPACE " + KEYSPACE + " TO " + role.roleName())
                .setExecutionProfile(quiet));
    }
}
