package candlestack.analytics.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.sinks.delivery.StoreException.Kind;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSessionTest {
    @ParameterizedTest
    @CsvSource({
        "21000, REFUSED",
        "22021, REFUSED",
        "23505, REFUSED",
        "54000, REFUSED",
        "42P01, MISCONFIGURED",
        "28P01, MISCONFIGURED",
        "57P01, UNREACHABLE",
        "53100, BUSY",
        "40P01, BUSY"
    })
    void whatTheRecordsAreToBlameForIsRefused(String state, Kind kind) {
        assertThat(PostgresSession.kind(new SQLException("said", state))).isEqualTo(kind);
    }
}
