package candlestack.local.query;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.console.RowWriter;
import candlestack.local.stack.StatusFile;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks Cassandra, embedded or not, as the role that can only select. */
public final class CqlQuery {
    private static final Set<String> NOT_YET = Set.of("waiting", "starting", "restarting");

    private final Path run;
    private final Settings settings;
    private final Secrets secrets;

    /** @param installation as the stack there runs, if one does */
    public CqlQuery(Installation installation) {
        this.run = installation.run();
        this.settings = installation.settings();
        this.secrets = installation.secrets();
    }

    /** @throws LauncherException when there is no answer, or it is no */
    public void run(String cql, RowWriter rows) throws IOException {
        if (!settings.wantsUserStores()) {
            throw LauncherException.failed(
                    "Cannot run CQL: Cassandra is off, as 'users' is not among analytics.streams");
        }
        Optional<String> password = secrets.find(CassandraRole.READER.secret());
        if (password.isEmpty()) {
            throw LauncherException.failed("Cannot run CQL: "
                    + notReady()
                            .orElse("there is no secret " + CassandraRole.READER.secret()
                                    + " yet; the first './candlestack up' with the users stream makes it"));
        }
        try (CqlSession session = new CassandraSessions(settings).open(CassandraRole.READER, password.get())) {
            copy(session.execute(cql), rows);
        } catch (AllNodesFailedException e) {
            throw LauncherException.failed("Cannot " + (CassandraSessions.isRefusal(e) ? "log in to" : "reach")
                    + " Cassandra at " + settings.cassandraContactPoints() + ": "
                    + notReady().orElse("is the stack running? './candlestack status' tells"));
        } catch (DriverException e) {
            throw LauncherException.failed("Cannot run CQL: " + e.getMessage());
        }
    }

    /** Why a stack that runs has no answer, if it says so: Cassandra starts last, and 'up' does not wait for it. */
    private Optional<String> notReady() throws IOException {
        Optional<ObjectNode> status = StatusFile.ofRunning(run);
        if (status.isEmpty()) {
            return Optional.empty();
        }
        JsonNode parts = status.get().path("parts");
        if (settings.get(Keys.CASSANDRA_URL).isEmpty()
                && parts.path("cassandra").isMissingNode()) {
            return Optional.of("Cassandra is off, as 'cassandra' is not among the parts that were started");
        }
        boolean starts = Stream.of("cassandra", "keyspace")
                .anyMatch(
                        part -> NOT_YET.contains(parts.path(part).path("phase").asText()));
        return starts
                ? Optional.of("Cassandra is still starting, which takes a minute or so; ask again when './candlestack"
                        + " status' shows cassandra and keyspace as ready")
                : Optional.empty();
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
