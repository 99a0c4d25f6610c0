package candlestack.ingest.sources.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.ingest.sources.time.TimeUnit;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayOptionsTest {
    @Test
    void columnsWithoutAHeaderAreNumbers() {
        assertProblem(
                Map.of("file", "t.csv", "symbol", "X", "header", "false"),
                "Invalid columns: without a header, expected the numbers of the columns, at least [time=1, price=2]");
        assertProblem(
                Map.of("file", "t.csv", "symbol", "X", "header", "false", "columns", "time=1,price=close"),
                "Invalid columns: without a header, expected the numbers of the columns, at least [time=1, price=2]");
    }

    @Test
    void aSymbolIsNeededWhereNoColumnCanHaveIt() {
        assertProblem(
                Map.of("file", "t.csv", "header", "false", "columns", "time=1,price=2"),
                "Missing option 'symbol': expected a text, since no column has it");
    }

    @Test
    void onlyAPartThatTakesTimeCanBeRepeated() {
        assertProblem(
                Map.of("file", "t.csv", "repeat", "true"),
                "Invalid repeat: expected shift-to-now with a follow above 0s and a speed that is not max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"price", "price=", "volume=1", "time=1,time=2"})
    void refusesColumnsThatAreNone(String columns) {
        assertThatThrownBy(() -> ReplayOptions.SPEC.bind(Map.of("file", "t.csv", "symbol", "X", "columns", columns)))
                .hasMessage("Invalid columns: '" + columns + "', expected a list such as [time=timestamp, price=2] of "
                        + "time, price, size, bid, ask, symbol, each with the name or number of its column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "fast", "NaN", "1e9"})
    void refusesASpeedThatIsNone(String speed) {
        assertProblem(
                Map.of("file", "t.csv", "symbol", "X", "speed", speed),
                "Invalid speed: '" + speed + "', expected a number from 0.001 to 1000000, or max");
    }

    @ParameterizedTest
    @CsvSource({
        "1385337600, 2013-11-25T00:00:00Z",
        "1385337600.25, 2013-11-25T00:00:00.250Z",
        "1385337600123, 2013-11-25T00:00:00.123Z",
        "1385337600123456, 2013-11-25T00:00:00.123456Z",
        "1385337600123456789, 2013-11-25T00:00:00.123456789Z",
        "2013-11-25T00:00:00Z, 2013-11-25T00:00:00Z",
        "2013-11-25T01:00:00.5+01:00, 2013-11-25T00:00:00.500Z",
        "2013-11-25 00:00:01, 2013-11-25T00:00:01Z",
        "2013-11-25, 2013-11-25T00:00:00Z"
    })
    void tellsTheUnitOfATimeByItsLook(String written, Instant expected) {
        assertThat(TimeUnit.AUTO.parse(written)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1e9999999", "2013-13-01", "25.11.2013", "999999999999999999999", "-"})
    void refusesWhatIsNoTime(String written) {
        assertThatThrownBy(() -> TimeUnit.AUTO.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertProblem(Map<String, String> written, String message) {
        assertThatThrownBy(() -> ReplayOptions.SPEC.bind(written)).hasMessage(message);
    }
}
