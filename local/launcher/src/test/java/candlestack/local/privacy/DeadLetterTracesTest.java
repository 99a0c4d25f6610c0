package candlestack.local.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.local.postgres.RunningPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

class DeadLetterTracesTest {
    private static final UUID ANN = UUID.fromString("3d45ca3c-40fc-46c0-9e95-72b77918b669");
    private static final UUID BOB = UUID.fromString("00000000-40fc-46c0-9e95-72b77918b669");
    private static final UUID CARL = UUID.fromString("11111111-40fc-46c0-9e95-72b77918b669");

    @TempDir
    Path folder;

    @Test
    void deletesThoseOfTheUsersAndNoOthers() throws Exception {
        try (RunningPostgres server = RunningPostgres.start(folder);
                DeadLetterTraces traces = new DeadLetterTraces(filled(server.port()))) {
            assertThat(traces.count(ANN)).isEqualTo(4);

            traces.delete(List.of(ANN.toString(), BOB.toString()));

            assertThat(traces.count(ANN)).isZero();
            assertThat(traces.count(BOB)).isZero();
            assertThat(traces.count(CARL)).isEqualTo(1);
        }
    }

    private static Connection filled(int port) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", RunningPostgres.PASSWORD);
        Connection connection = new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create schema pipeline");
            // The columns that are asked for, of the table that the migrations make.
            statement.execute("create table pipeline.dead_letters (text text)");
            for (UUID user : List.of(ANN, ANN, BOB, CARL)) {
                statement.execute("insert into pipeline.dead_letters values ('{\"uuid\": \"" + user + "\"}')");
            }
            statement.execute("insert into pipeline.dead_letters values ('of " + CARL + ", then " + ANN + "')");
            statement.execute("insert into pipeline.dead_letters values (upper('in capitals: " + ANN + "'))");
            statement.execute("insert into pipeline.dead_letters values (null)");
        }
        return connection;
    }
}
