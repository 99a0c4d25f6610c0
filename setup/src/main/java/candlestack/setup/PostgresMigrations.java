package candlestack.setup;

import static java.util.Objects.requireNonNull;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of {@code postgres/migrations} that the database has not seen yet. */
final class PostgresMigrations {
    private static final Logger log = LoggerFactory.getLogger(PostgresMigrations.class);
    /** The schema of Flyway's own table, which the writer has no business in. */
    static final String HISTORY = "schema_history";

    private final String url;
    private final String owner;
    private final String password;

    PostgresMigrations(String url, String owner, String password) {
        this.url = requireNonNull(url, "url is null");
        this.owner = requireNonNull(owner, "owner is null");
        this.password = requireNonNull(password, "password is null");
    }

    void run() {
        try {
            MigrateResult result = Flyway.configure(PostgresMigrations.class.getClassLoader())
                    .dataSource(url, owner, password)
                    .locations("classpath:postgres/migrations")
                    .defaultSchema(HISTORY)
                    .initSql("set client_min_messages = warning")
                    .load()
                    .migrate();
            for (MigrateOutput migration : result.migrations) {
                log.info("Applied migration {} {}", migration.version, migration.description);
            }
        } catch (FlywayException e) {
            throw new SetupException("Cannot migrate " + url, e);
        }
    }
}
