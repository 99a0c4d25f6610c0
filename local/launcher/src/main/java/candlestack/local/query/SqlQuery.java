package candlestack.local.query;

import static java.util.Objects.requireNonNull;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.LauncherException;
import candlestack.local.console.RowWriter;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** Asks PostgreSQL, embedded or not, as the role that can only select. */
public final class SqlQuery {
    private static final String READER = "grafana";
    private static final int ROWS_AT_ONCE = 1000;
    private static final String NETWORK = "08";

    private final Settings settings;
    private final Secrets secrets;

    public SqlQuery(Settings settings, Secrets secrets) {
        this.settings = requireNonNull(settings, "settings is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /** @throws LauncherException when there is no answer, or it is no */
    public void run(String sql, RowWriter rows) throws IOException {
        try (Connection connection = connect()) {
            // Only then does the driver fetch the rows in portions.
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_AT_ONCE);
                if (statement.execute(sql)) {
                    copy(statement.getResultSet(), rows);
                }
            }
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(NETWORK)) {
                throw LauncherException.failed("Cannot reach PostgreSQL at " + settings.postgresUrl()
                        + ": is the stack running? './candlestack status' tells");
            }
            throw LauncherException.failed("Cannot run SQL: " + e.getMessage());
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", READER);
        properties.setProperty(
                "password",
                secrets.find(Secrets.POSTGRES_READER)
                        .orElseThrow(() -> LauncherException.failed("Cannot run SQL: there is no secret "
                                + Secrets.POSTGRES_READER + " yet; the first './candlestack up' makes it")));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "candlestack sql");
        return new Driver().connect(settings.postgresUrl(), properties);
    }

    private static void copy(ResultSet result, RowWriter rows) throws SQLException, IOException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> names = new ArrayList<>();
        for (int index = 1; index <= columns.getColumnCount(); index++) {
            names.add(columns.getColumnLabel(index));
        }
        rows.begin(names);
        while (result.next()) {
            List<Object> values = new ArrayList<>();
            for (int index = 1; index <= names.size(); index++) {
                values.add(value(result, index));
            }
            rows.row(values);
        }
    }

    /** Numbers and booleans as such; everything else as the server writes it. */
    private static Object value(ResultSet result, int index) throws SQLException {
        Object value = result.getObject(index);
        return value instanceof Number || value instanceof Boolean ? value : result.getString(index);
    }
}
