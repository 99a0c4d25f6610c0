package candlestack.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.local.process.Child;
import candlestack.local.process.Termination;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

class PostgresServerTest {
    private static final String PASSWORD = "not a default";

    @TempDir
    Path folder;

    private Path home;
    private int port;
    private Child child;

    @BeforeEach
    void chooseAPort() throws IOException {
        home = folder.resolve("a home");
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        Termination.end(List.of(child.handle()), Duration.ofSeconds(10));
    }

    @Test
    void keepsItsRowsOverAKillAndTakesOverFromAServerThatOutlivedItsLauncher() throws Exception {
        start();
        execute("create table kept (n int)");
        execute("insert into kept values (42)");
        child.handle().destroyForcibly();
        child.awaitExit();

        start();
        assertThat(answer("select n from kept")).isEqualTo("42");
        ProcessHandle orphan = child.handle();

        start();
        assertThat(orphan.isAlive()).isFalse();
        assertThat(answer("select n from kept")).isEqualTo("42");
    }

    @Test
    void letsNobodyInWithoutThePasswordAndWritesDurably() throws Exception {
        start();

        SQLException refusal = catchThrowableOfType(SQLException.class, () -> connect("postgres"));
        assertThat(refusal.getSQLState()).isEqualTo("28P01");
        assertThat(answer("show fsync")).isEqualTo("on");
        assertThat(answer("show synchronous_commit")).isEqualTo("on");
        assertThat(answer("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(answer("select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"))
                .isEqualTo("0");
    }

    @Test
    void aStartThatWasKilledWhileItMadeTheDataIsMadeUpFor() throws Exception {
        Path draft = home.resolve("postgres/data.draft");
        Files.createDirectories(draft);
        Files.writeString(draft.resolve("PG_VERSION"), "half");

        start();

        assertThat(answer("select 1")).isEqualTo("1");
        assertThat(draft).doesNotExist();
    }

    private void start() throws Exception {
        child = Child.start(
                new PostgresServer(home, port, PASSWORD).prepare(),
                home.resolve("postgres.log"),
                line -> line.contains(PostgresServer.READY));
        assertThat(child.awaitReady(30_000))
                .as(() -> String.join("\n", child.tail()))
                .isTrue();
    }

    private Connection connect(String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", password);
        return new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect(PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String answer(String sql) throws SQLException {
        try (Connection connection = connect(PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
