package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.setup.SchemaFiles.SchemaFile;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a keyspace, and which versions of the schema it has. Cassandra has no transactions over its schema, so
 * each statement has to be one that may be run twice.
 */
final class CassandraSchema {
    private static final Logger log = LoggerFactory.getLogger(CassandraSchema.class);
    private static final List<String> EXPIRING = List.of("profiles", "profiles_by_country");
    /** Nothing in it is personal. */
    private static final String LASTING = "mean_age_by_country";

    /** Cassandra takes no longer time to live: 20 years. Beyond that, only 'privacy purge' deletes. */
    private static final Duration LONGEST = Duration.ofDays(20 * 365);

    private final CqlSession session;
    private final String keyspace;
    private final String history;

    /** The session stays the caller's. */
    CassandraSchema(CqlSession session, String keyspace) {
        this.session = requireNonNull(session, "session is null");
        this.keyspace = requireNonNull(keyspace, "keyspace is null");
        this.history = keyspace + ".schema_history";
    }

    /** Runs the versions that the keyspace has not seen yet. */
    void apply(List<SchemaFile> files) {
        session.execute("CREATE TABLE IF NOT EXISTS " + history
                + " (version int PRIMARY KEY, name text, checksum text, applied timestamp)");
        for (SchemaFile file : files) {
            Row known = session.execute("SELECT checksum FROM " + history + " WHERE version = ?", file.version())
                    .one();
            if (known == null) {
                apply(file);
            } else if (!file.checksum().equals(known.getString("checksum"))) {
                throw new SetupException("Cannot migrate keyspace " + keyspace + ": " + file.name()
                        + " was changed after it had been applied; put changes into a new version");
            }
        }
    }

    /**
     * Has rows about people disappear by themselves after {@code retention}, counted from when they were written last
     * where the writer does not say another time.
     */
    void expireRows(Duration retention) {
        long seconds = retention.compareTo(LONGEST) > 0 ? 0 : retention.toSeconds();
        EXPIRING.forEach(table -> expireRows(table, seconds));
        // In keyspaces of older versions its rows expired, too.
        expireRows(LASTING, 0);
    }

    private void expireRows(String table, long seconds) {
        if (timeToLive(table) != seconds) {
            session.execute("ALTER TABLE " + keyspace + "." + table + " WITH default_time_to_live = " + seconds);
            log.info("Rows of {}.{} live for {} s; 0 is for ever", keyspace, table, seconds);
        }
    }

    private int timeToLive(String table) {
        return session.execute(
                        "SELECT default_time_to_live FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
                        keyspace,
                        table)
                .one()
                .getInt(0);
    }

    private void apply(SchemaFile file) {
        for (String statement : CqlScript.statements(file.text())) {
            session.execute(statement);
        }
        session.execute(
                "INSERT INTO " + history + " (version, name, checksum, applied) VALUES (?, ?, ?, ?)",
                file.version(),
                file.name(),
                file.checksum(),
                Instant.now());
        log.info("Applied {}", file.name());
    }
}
