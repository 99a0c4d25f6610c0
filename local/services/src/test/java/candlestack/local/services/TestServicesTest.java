package candlestack.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ServiceTest
class TestServicesTest {
    @TempDir
    Path home;

    @Test
    void whatIsTakenAwayComesBackAtItsAddressWithItsData() throws SQLException {
        try (TestService postgres = TestServices.postgres(home)) {
            Settings settings = TestServices.settings(home, Map.of("retention", "30d"), postgres);
            execute(settings, "create table kept as select 17 as number");
            postgres.stop();
            postgres.start();
            execute(settings, "insert into kept values (18)");
            postgres.kill();
            postgres.start();

            assertThat(sum(settings)).isEqualTo(35);
        }
    }

    private static void execute(Settings settings, String sql) throws SQLException {
        try (Connection connection = connection(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int sum(Settings settings) throws SQLException {
        try (Connection connection = connection(settings);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select sum(number) from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connection(Settings settings) throws SQLException {
        String url = settings.postgresUrl().replace("/candlestack", "/postgres");
        String password = new Secrets(settings.secretsDirectory()).require(Secrets.POSTGRES_SUPERUSER);
        return DriverManager.getConnection(url, "postgres", password);
    }
}
