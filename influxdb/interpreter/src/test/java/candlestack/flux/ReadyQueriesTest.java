package candlestack.flux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyQueriesTest {
    private static final Path FOLDER = Path.of("..", "flux");
    private static final long MINUTE = 60_000_000_000L;
    private static final long FIRST = Queries.NOW.getEpochSecond() * 1_000_000_000L - 10 * MINUTE;

    private final MemoryStorage storage = new MemoryStorage().bucket("market");

    @BeforeEach
    void tradeTenMinutes() {
        double[] closes = {100, 102, 104, 110, 108, 99, 101, 103, 90, 95};
        for (int i = 0; i < closes.length; i++) {
            long time = FIRST + i * MINUTE;
            bar("BTC-USD", time, closes[i], 1 + i, i < 5 ? 10 : 30 - i, 20);
            bar("ETH-USD", time, 2 * closes[i] + 5, 1, 1, 2);
            storage.point("market", "quote", "price", time, closes[i], "symbol", "BTC-USD", "source", "a");
            storage.point("market", "quote", "price", time + 1, closes[i] + 1, "symbol", "BTC-USD", "source", "b");
        }
    }

    private void bar(String symbol, long time, double close, double volume, double fast, double slow) {
        String[] tags = {"symbol", symbol, "interval", "1m"};
        storage.point("market", "bar", "open", time, close - 1, tags)
                .point("market", "bar", "high", time, close + 2, tags)
                .point("market", "bar", "low", time, close - 2, tags)
                .point("market", "bar", "close", time, close, tags)
                .point("market", "bar", "volume", time, volume, tags)
                .point("market", "bar", "sma_20", time, fast, tags)
                .point("market", "bar", "sma_50", time, slow, tags);
    }

    @Test
    void latestPrices() throws IOException {
        assertThat(rows("latest_prices"))
                .containsExactly("_time,_value,symbol", "2026-01-01T23:59:00.000000001Z,96,BTC-USD");
    }

    @Test
    void candlesOfFiveMinutes() throws IOException {
        assertThat(rows("candles"))
                .containsExactly(
                        "symbol,_time,open,high,low,close,volume",
                        "BTC-USD,2026-01-01T23:50:00Z,99,112,98,108,15",
                        "BTC-USD,2026-01-01T23:55:00Z,98,105,88,95,40");
    }

    @Test
    void movingAverageCrosses() throws IOException {
        assertThat(rows("moving_average_crosses"))
                .containsExactly("_time,symbol,side", "2026-01-01T23:55:00Z,BTC-USD,1");
    }

    @Test
    void topMovers() throws IOException {
        assertThat(rows("top_movers"))
                .hasSize(3)
                .startsWith("symbol,percent")
                .element(1)
                .asString()
                .startsWith("BTC-USD,-5");
    }

    @Test
    void correlation() throws IOException {
        List<String> rows = rows("correlation");

        assertThat(rows).hasSize(2);
        assertThat(Double.parseDouble(rows.get(1))).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void volumeProfile() throws IOException {
        assertThat(rows("volume_profile")).containsExactly("level,volume", "90,25", "100,26", "110,4");
    }

    @Test
    void drawdown() throws IOException {
        List<String> rows = rows("drawdown");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).isEqualTo("symbol,peak,drawdown");
        assertThat(rows.get(1)).startsWith("BTC-USD,110,18.18");
    }

    @Test
    void everyQueryStartsWithALineThatExplainsIt() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(file -> file.toString().endsWith(".flux")).toList())
                    .hasSize(7)
                    .allSatisfy(
                            file -> assertThat(Files.readAllLines(file).get(0)).startsWith("// "));
        }
    }

    /** The answer's lines without the columns that say which result and table they are of. */
    private List<String> rows(String query) throws IOException {
        return Queries.run(Files.readString(FOLDER.resolve(query + ".flux")), storage)
                .lines()
                .map(line -> line.split(",", 4)[3])
                .toList();
    }
}
