package candlestack.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import candlestack.local.e2e.Checkout.Outcome;
import candlestack.local.e2e.RealBars.Bar;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 100,000 real trades through the whole stack: undisturbed, and with every process killed on the way. */
class RealTradesIT {
    private static final long TRADES = 100_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** Whether the very last bars are closed already is a matter of the clock; all else is one of the trades. */
    private static final String ALL_BARS = "select to_jsonb(bars) - 'closed' as bar from market.bars"
            + " where symbol = 'BTC-USD' order by interval, ts";

    @TempDir
    static Path folder;

    @TempDir
    Path ownFolder;

    private static Checkout undisturbed;
    private static Rows rows;
    private Checkout disturbed;

    @BeforeAll
    static void playTheWeek() throws Exception {
        undisturbed = withTrades(folder, "max");
        rows = new Rows(undisturbed);
        assertThat(undisturbed.up().code()).isZero();
        awaitAll(rows);
    }

    @AfterAll
    static void stop() throws Exception {
        undisturbed.run("down");
        assertThat(undisturbed.processes()).isEmpty();
    }

    @AfterEach
    void stopTheDisturbed() throws Exception {
        if (disturbed != null) {
            disturbed.run("down");
            assertThat(disturbed.processes()).isEmpty();
        }
    }

    @Test
    void everyBarIsExactInPostgres() throws Exception {
        JsonNode stored = rows.sql("select interval, extract(epoch from ts)::bigint as start, open, high, low, close,"
                + " volume, trades from market.bars where symbol = 'BTC-USD'");
        Map<String, Map<Instant, Bar>> byInterval = new TreeMap<>();
        for (JsonNode row : stored) {
            Instant start = Instant.ofEpochSecond(row.path("start").asLong());
            byInterval
                    .computeIfAbsent(row.path("interval").asText(), ignored -> new TreeMap<>())
                    .put(start, bar(name -> row.path(name).asDouble()));
        }

        assertThat(byInterval.keySet()).containsExactlyInAnyOrder("1m", "5m", "15m", "1h", "1d");
        for (String interval : byInterval.keySet()) {
            assertExact(byInterval.get(interval), RealBars.of(interval));
        }
    }

    @Test
    void everyBarIsExactInInflux() throws Exception {
        for (String interval : RealBars.INTERVALS.keySet()) {
            Map<Instant, Map<String, Double>> fields = new TreeMap<>();
            for (String point : points(undisturbed, interval)) {
                String[] cells = point.split(",");
                fields.computeIfAbsent(Instant.parse(cells[0]), ignored -> new TreeMap<>())
                        .put(cells[2], Double.valueOf(cells[1]));
            }
            Map<Instant, Bar> stored = new TreeMap<>();
            fields.forEach((start, values) -> stored.put(start, bar(values::get)));

            assertExact(stored, RealBars.of(interval));
        }
    }

    @Test
    void everyTradeIsAQuoteOfItsOwn() throws Exception {
        assertThat(quotes(rows)).isEqualTo(TRADES);
    }

    @Test
    void aMovingAverageIsThere() throws Exception {
        JsonNode closes = rows.sql("select close, sma_20 from market.bars where symbol = 'BTC-USD' and interval = '1m'"
                + " order by ts desc limit 20");
        double mean = 0;
        for (JsonNode bar : closes) {
            mean += bar.path("close").asDouble() / 20;
        }

        JsonNode last = rows.flux(Rows.bars("1m")
                + " |> filter(fn: (r) => r._field == \"sma_20\") |> last() |> keep(columns: [\"_value\"])");

        assertThat(closes).hasSize(20);
        assertThat(last.path(0).path("_value").asDouble()).isCloseTo(mean, offset(1e-9));
        assertThat(closes.path(0).path("sma_20").asDouble()).isCloseTo(mean, offset(1e-9));
    }

    @Test
    void theCommandsSayHowItIs() throws Exception {
        JsonNode status = new ObjectMapper().readTree(undisturbed.output("status", "--json"));
        assertThat(status.path("state").asText()).isEqualTo("running");
        assertThat(status.path("parts").path("analytics").path("phase").asText())
                .isEqualTo("ready");
        JsonNode sources = new ObjectMapper().readTree(undisturbed.output("sources", "--json"));
        assertThat(sources.path("configured")
                        .path(0)
                        .path("health")
                        .path("published")
                        .asLong())
                .isEqualTo(TRADES);
        assertThat(undisturbed.output("doctor")).contains("in use by this stack for kafka.port");
        assertThat(undisturbed.output("logs", "ingest")).contains("ready btc");

        Outcome again = undisturbed.up();
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).startsWith("Cannot start: it is already running in " + undisturbed.home());
        Outcome write = undisturbed.run("sql", "delete from market.bars");
        assertThat(write.code()).isEqualTo(1);
        assertThat(write.err()).contains("cannot execute DELETE in a read-only transaction");
    }

    @Test
    void aFileIsReplayedAndItsBadRowIsADeadLetter() throws Exception {
        Path file = Files.writeString(ownFolder.resolve("few trades.csv"), """
                timestamp,price,amount
                1700000000,10.0,1
                1700000000,12.5,2
                1700000001,not a price,1
                1700000061,11.0,3
                """);

        String said = undisturbed.output("replay", file.toString(), "--symbol", "FEW-USD");

        assertThat(said).contains("3 events, 1 rows refused");
        String bars = "select open, high, low, close, volume, trades from market.bars"
                + " where symbol = 'FEW-USD' and interval = '1m' order by ts";
        await().atMost(LIMIT).until(() -> rows.sql(bars).size() == 2);
        assertThat(rows.sql(bars).path(0).toString())
                .isEqualTo("{\"open\":10.0,\"high\":12.5,\"low\":10.0,\"close\":12.5,\"volume\":3.0,\"trades\":2}");
        String letters = "select count(*) as n from pipeline.dead_letters where origin like 'replay-few%'";
        await().atMost(LIMIT).until(() -> rows.sqlNumber(letters) == 1);
    }

    @Test
    void killedProcessesChangeNothing() throws Exception {
        disturbed = withTrades(ownFolder, "20000");
        Rows disturbedRows = new Rows(disturbed);
        assertThat(disturbed.up().code()).isZero();

        awaitTrades(disturbedRows, 5_000);
        disturbed.kill("analytics");
        awaitTrades(disturbedRows, 20_000);
        disturbed.kill("kafka");
        awaitTrades(disturbedRows, 40_000);
        disturbed.kill("launcher");
        await().atMost(LIMIT).until(() -> disturbed.processes().isEmpty());
        assertThat(disturbed.up().code()).isZero();
        awaitTrades(disturbedRows, 60_000);
        for (String name : List.of("launcher", "kafka", "analytics", "ingest", "sinks", "influxdb", "postgres")) {
            disturbed.process(name).destroyForcibly();
        }
        assertThat(disturbed.up().code()).isZero();
        awaitAll(disturbedRows);

        assertThat(disturbed.output("sql", "--csv", ALL_BARS)).isEqualTo(undisturbed.output("sql", "--csv", ALL_BARS));
        for (String interval : RealBars.INTERVALS.keySet()) {
            assertThat(points(disturbed, interval)).isEqualTo(points(undisturbed, interval));
        }
    }

    /** Every field of every bar, indicators too, as {@code time,value,field}; sorted. */
    private static List<String> points(Checkout checkout, String interval) throws Exception {
        String csv = checkout.output(
                "query", "--csv", Rows.bars(interval) + " |> keep(columns: [\"_time\", \"_value\", \"_field\"])");
        List<String> points = csv.lines().skip(1).sorted().toList();
        assertThat(csv.lines().findFirst()).contains("_time,_value,_field");
        return points;
    }

    private static Checkout withTrades(Path folder, String speed) throws IOException {
        return new Checkout(folder)
                .with("analytics.streams", "market")
                .with("sources.market.enabled", "false")
                .with("sources.btc.shift-to-now", "false")
                .with("sources.btc.repeat", "false")
                .with("sources.btc.speed", speed);
    }

    private static void awaitTrades(Rows rows, long trades) {
        await().atMost(LIMIT)
                .pollInterval(LOOK)
                .until(() -> rows.sqlNumber("select coalesce(sum(trades), 0)::bigint as n from market.bars"
                                + " where symbol = 'BTC-USD' and interval = '1m'")
                        >= trades);
    }

    private static void awaitAll(Rows rows) {
        awaitTrades(rows, TRADES);
        String influx = Rows.bars("1s") + " |> filter(fn: (r) => r._field == \"trades\") |> group() |> sum()";
        await().atMost(LIMIT).pollInterval(LOOK).until(() -> rows.fluxNumber(influx) == TRADES);
        await().atMost(LIMIT).pollInterval(LOOK).until(() -> quotes(rows) == TRADES);
    }

    private static long quotes(Rows rows) throws IOException, InterruptedException {
        return rows.fluxNumber("from(bucket: \"market\") |> range(start: 2013-01-01T00:00:00Z) |> filter(fn: (r) =>"
                + " r._measurement == \"quote\" and r.symbol == \"BTC-USD\" and r._field == \"price\")"
                + " |> group() |> count()");
    }

    private static Bar bar(ToDoubleFunction<String> value) {
        return new Bar(
                value.applyAsDouble("open"),
                value.applyAsDouble("high"),
                value.applyAsDouble("low"),
                value.applyAsDouble("close"),
                value.applyAsDouble("volume"),
                (long) value.applyAsDouble("trades"));
    }

    /** Exact but for the volume's last digits: the expectation is summed in decimals. */
    private static void assertExact(Map<Instant, Bar> stored, Map<Instant, Bar> expected) {
        assertThat(stored.keySet()).isEqualTo(expected.keySet());
        List<String> wrong = new ArrayList<>();
        expected.forEach((start, bar) -> {
            Bar found = stored.get(start);
            boolean sameVolume = Math.abs(found.volume() - bar.volume()) <= bar.volume() * 1e-12;
            if (!sameVolume || !found.withVolume(bar.volume()).equals(bar)) {
                wrong.add(start + ": " + found + " instead of " + bar);
            }
        });
        assertThat(wrong).isEmpty();
    }
}
