package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.config.Secrets;
import candlestack.setup.Patience.NotYetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, the three roles with their passwords, and, as the owner, the migrations. Only the first half needs the
 * superuser, whose name is {@code postgres}.
 */
final class PostgresSetup implements SetupStep {
    static final String OWNER = "candlestack_owner";
    static final String WRITER = "candlestack_writer";
    static final String READER = "grafana";

    private static final Logger log = LoggerFactory.getLogger(PostgresSetup.class);
    private static final String SUPERUSER = "postgres";
    private static final String MAINTENANCE_DATABASE = "postgres";

    private final PostgresAddress address;
    private final Secrets secrets;

    /** @param url a JDBC address that names the database to make */
    PostgresSetup(String url, Secrets secrets) {
        this.address = PostgresAddress.parse(url);
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void run(Duration patience) throws InterruptedException {
        String server = "PostgreSQL at " + address.url();
        try (Connection connection =
                Patience.await(server, patience, () -> superuser(address.database(MAINTENANCE_DATABASE)))) {
            makeRoles(connection);
            makeDatabase(connection);
        } catch (SQLException e) {
            throw new SetupException("Cannot set up the roles and database of " + server, e);
        }
        try (Connection connection = Patience.await(server, patience, () -> superuser(address.url()))) {
            grant(connection);
            new PostgresMigrations(address.url(), OWNER, secrets.require(Secrets.POSTGRES_OWNER)).run();
            execute(connection, "revoke all on all tables in schema " + PostgresMigrations.HISTORY + " from " + WRITER);
        } catch (SQLException e) {
            throw new SetupException("Cannot grant the rights in " + server, e);
        }
    }

    private Connection superuser(String url) throws NotYetException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", secrets.require(Secrets.POSTGRES_SUPERUSER));
        properties.setProperty("connectTimeout", "5");
        try {
            return new Driver().connect(url, properties);
        } catch (SQLException e) {
            if (startsLater(e)) {
                throw new NotYetException(e);
            }
            throw new SetupException(
                    "Cannot log in to " + url + " as " + SUPERUSER + " with the password in the secret '"
                            + Secrets.POSTGRES_SUPERUSER + "'",
                    e);
        }
    }

    /** Class 08 is the network, 57P03 a server that is starting. */
    private static boolean startsLater(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.equals("57P03");
    }

    private void makeRoles(Connection connection) throws SQLException {
        makeRole(connection, OWNER, Secrets.POSTGRES_OWNER);
        makeRole(connection, WRITER, Secrets.POSTGRES_WRITER);
        makeRole(connection, READER, Secrets.POSTGRES_READER);
        // What a panel asks cannot change anything, nor keep the server busy for ever.
        execute(connection, "alter role " + READER + " set default_transaction_read_only = on");
        execute(connection, "alter role " + READER + " set statement_timeout = '30s'");
    }

    private void makeRole(Connection connection, String role, String secret) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
            execute(connection, "create role " + role + " login nosuperuser nocreatedb nocreaterole");
            log.info("Created role {}", role);
        }
        // Hashed by the driver: the password itself appears in no statement and no log.
        char[] password = secrets.findOrGenerate(secret).toCharArray();
        connection.unwrap(PGConnection.class).alterUserPassword(role, password, "scram-sha-256");
    }

    private void makeDatabase(Connection connection) throws SQLException {
        String database = address.database();
        if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
            execute(
                    connection,
                    "create database " + quoted(database) + " owner " + OWNER + " encoding 'UTF8'"
                            + " template template0");
            log.info("Created database {}", database);
        }
        execute(connection, "alter database " + quoted(database) + " owner to " + OWNER);
        execute(connection, "revoke all on database " + quoted(database) + " from public");
        execute(connection, "grant connect, temporary on database " + quoted(database) + " to " + WRITER);
        execute(connection, "grant connect on database " + quoted(database) + " to " + READER);
    }

    /** Rights on all that migrations will make; what they have made so far got them when it was made. */
    private static void grant(Connection connection) throws SQLException {
        execute(connection, "revoke all on schema public from public");
        String future = "alter default privileges for role " + OWNER + " ";
        execute(connection, future + "revoke execute on functions from public");
        execute(connection, future + "grant usage on schemas to " + WRITER + ", " + READER);
        execute(connection, future + "grant select on tables to " + READER);
        execute(connection, future + "grant select, insert, update, delete on tables to " + WRITER);
        execute(connection, future + "grant usage on sequences to " + WRITER);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
