package candlestack.local.privacy;

import static java.util.Objects.requireNonNull;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.LauncherException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;

/** The events of a user that were refused: they bear the id somewhere in their text. One thread's. */
public final class DeadLetterTraces implements AutoCloseable {
    static final String TABLE = "postgres pipeline.dead_letters";

    private static final String WRITER = "candlestack_writer";
    private static final String OF_USER = " pipeline.dead_letters where position(? in lower(text)) > 0";

    private static final String UUIDS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Each text is searched once, however many users there are. */
    private static final String OF_ANY = " pipeline.dead_letters where exists (select 1 from"
            + " regexp_matches(lower(text), ?, 'g') as found (ids)"
            + " where found.ids[1] = any(?))";

    private final Connection connection;

    DeadLetterTraces(Connection connection) {
        this.connection = requireNonNull(connection, "connection is null");
    }

    /** @throws LauncherException when PostgreSQL is not there */
    public static DeadLetterTraces open(Settings settings) {
        Properties properties = new Properties();
        properties.setProperty("user", WRITER);
        new Secrets(settings.secretsDirectory())
                .find(Secrets.POSTGRES_WRITER)
                .ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "candlestack privacy");
        try {
            return new DeadLetterTraces(new Driver().connect(settings.postgresUrl(), properties));
        } catch (SQLException e) {
            throw LauncherException.failed(
                    "Cannot ask PostgreSQL at " + settings.postgresUrl()
                            + ": is the stack running? './candlestack status' tells",
                    e);
        }
    }

    long count(UUID user) {
        try (PreparedStatement statement = connection.prepareStatement("select count(*) from" + OF_USER)) {
            statement.setString(1, user.toString());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw LauncherException.failed("Cannot count dead letters", e);
        }
    }

    /** @param users ids, which are UUIDs */
    public void delete(Collection<String> users) {
        try (PreparedStatement statement = connection.prepareStatement("delete from" + OF_ANY)) {
            statement.setString(1, UUIDS);
            statement.setArray(2, connection.createArrayOf("text", users.toArray()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw LauncherException.failed("Cannot delete dead letters", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw LauncherException.failed("Cannot close the connection to PostgreSQL", e);
        }
    }
}
