package candlestack.local.query;

import static java.util.Objects.requireNonNull;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.LauncherException;
import candlestack.local.console.RowWriter;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks Cassandra, embedded or not, as the role that can only select. */
public final class CqlQuery {
    private final Settings settings;
    private final Secrets secrets;

    public CqlQuery(Settings settings, Secrets secrets) {
        this.settings = requireNonNull(settings, "settings is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /** @throws LauncherException when there is no answer, or it is no */
    public void run(String cql, RowWriter rows) throws IOException {
        String password = secrets.find(CassandraRole.READER.secret())
                .orElseThrow(() -> LauncherException.failed("Cannot run CQL: there is no secret "
                        + CassandraRole.READER.secret() + " yet; the first './candlestack up' with the users stream"
                        + " makes it"));
        try (CqlSession session = new CassandraSessions(settings).open(CassandraRole.READER, password)) {
            copy(session.execute(cql), rows);
        } catch (AllNodesFailedException e) {
            throw LauncherException.failed("Cannot " + (CassandraSessions.isRefusal(e) ? "log in to" : "reach")
                    + " Cassandra at " + settings.cassandraContactPoints()
                    + ": is the stack running? './candlestack status' tells");
        } catch (DriverException e) {
            throw LauncherException.failed("Cannot run CQL: " + e.getMessage());
        }
    }

    /** The driver fetches the rows in portions. */
    private static void copy(ResultSet result, RowWriter rows) throws IOException {
        List<String> names = new ArrayList<>();
        for (ColumnDefinition column : result.getColumnDefinitions()) {
            names.add(column.getName().asInternal());
        }
        if (names.isEmpty()) {
            return;
        }
        rows.begin(names);
        for (Row row : result) {
            List<Object> values = new ArrayList<>();
            for (int index = 0; index < names.size(); index++) {
                values.add(value(row, index));
            }
            rows.row(values);
        }
    }

    /** Numbers and booleans as such, texts without quotes, collections as CQL writes them. */
    private static Object value(Row row, int index) {
        Object value = row.getObject(index);
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Iterable || value instanceof java.util.Map) {
            TypeCodec<Object> codec = row.codecRegistry()
                    .codecFor(row.getColumnDefinitions().get(index).getType());
            return codec.format(value);
        }
        return value.toString();
    }
}
