package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.influxdb.http.ServerFixture.Answer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ready queries on a store that holds points as the sinks write them: several intervals, symbols and sources. */
class ReadyQueriesTest {
    private static final Path FOLDER = Path.of("..", "flux");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final long MINUTE = 60;
    private static final double[] CLOSES = {100, 102, 104, 110, 108, 99, 101, 103, 90, 95};

    @TempDir
    Path directory;

    private ServerFixture server;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
        server.createBucket("market");
        StringBuilder lines = new StringBuilder();
        long first = NOW.minus(Duration.ofMinutes(CLOSES.length)).getEpochSecond();
        for (int i = 0; i < CLOSES.length; i++) {
            long second = first + i * MINUTE;
            lines.append(bar("BTC-USD", "1m", CLOSES[i], 1 + i, i < 5 ? 10 : 30 - i, second));
            lines.append(bar("BTC-USD", "5m", 7, 7, 7, second));
            lines.append(bar("ETH-USD", "1m", 2 * CLOSES[i] + 5, 1, 1, second));
            lines.append("quote,source=a,symbol=BTC-USD price=%s,size=1 %d000000000%n".formatted(CLOSES[i], second));
            lines.append("quote,source=b,symbol=BTC-USD price=%s %d000000001%n".formatted(CLOSES[i] + 1, second));
        }
        assertThat(server.write(lines.toString(), "market", TOKEN).status()).isEqualTo(204);
        server.server().store().snapshot();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyReadyQueryAnswersFromTheStore() {
        assertThat(rows("latest_prices"))
                .containsExactly("_time,_value,symbol", "2026-01-01T23:59:00.000000001Z,96,BTC-USD");
        assertThat(rows("candles"))
                .containsExactly(
                        "symbol,_time,open,high,low,close,volume",
                        "BTC-USD,2026-01-01T23:50:00Z,99,112,98,108,15",
                        "BTC-USD,2026-01-01T23:55:00Z,98,105,88,95,40");
        assertThat(rows("moving_average_crosses"))
                .containsExactly("_time,symbol,side", "2026-01-01T23:55:00Z,BTC-USD,1");
        assertThat(rows("volume_profile")).containsExactly("level,volume", "90,25", "100,26", "110,4");
        assertThat(rows("top_movers")).hasSize(3).element(1).asString().startsWith("BTC-USD,-5");
        assertThat(rows("drawdown")).hasSize(2).element(1).asString().startsWith("BTC-USD,110,18.18");
        assertThat(rows("correlation")).hasSize(2).element(1).asString().matches("1|0\\.99999999\\d+|1\\.0000000\\d+");
    }

    private static String bar(String symbol, String interval, double close, double volume, double fast, long second) {
        return "bar,interval=%s,symbol=%s open=%s,high=%s,low=%s,close=%s,volume=%s,sma_20=%s,sma_50=20 %d000000000%n"
                .formatted(interval, symbol, close - 1, close + 2, close - 2, close, volume, fast, second);
    }

    /** The answer's lines without the columns that say which result and table they are of. */
    private List<String> rows(String query) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("query", text(query))
                .put("now", NOW.toString())
                .toString();
        Answer answer = server.post("/api/v2/query?org=my-org", TOKEN, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(",", 4)[3])
                .toList();
    }

    private static String text(String query) {
        try {
            return Files.readString(FOLDER.resolve(query + ".flux"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
