package candlestack.analytics.sinks.influxdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import candlestack.setup.SetupSteps;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.query.FluxRecord;
import com.influxdb.query.FluxTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an InfluxDB that was set up twice. Each test has series of its own. */
@ServiceTest
class InfluxDeliveriesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant READ = Instant.parse("2026-01-02T03:04:30Z");

    @TempDir
    static Path home;

    private static TestService influxdb;
    private static Settings settings;

    @BeforeAll
    static void start() throws InterruptedException {
        influxdb = TestServices.influxdb(home);
        settings = TestServices.settings(home, Map.of(), influxdb);
        SetupSteps.influxdb(settings).run(PATIENCE);
        SetupSteps.influxdb(settings).run(PATIENCE);
    }

    @AfterAll
    static void stop() {
        influxdb.close();
    }

    @Test
    void aBarIsThereOnceInItsLastVersion() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> first = List.of(bar("A", 10, ",\"sma_20\":9.5"));
        List<ConsumerRecord<byte[], byte[]>> second = List.of(bar("A", 11, ",\"sma_20\":9.75"));
        try (Delivery delivery = new InfluxDelivery(settings)) {
            delivery.deliver(first, new Refusals());
            delivery.deliver(second, new Refusals());
            delivery.deliver(second, new Refusals());
        }

        assertThat(points("market", "bar"))
                .containsExactly(Map.entry(
                        "{interval=1m, symbol=A} 2026-01-02T03:04:00Z",
                        "{close=11.0, high=2.0, low=0.5, open=1.0, sma_20=9.75, trades=7.0, volume=100.25, vwap=1.5}"));
    }

    @Test
    void aRetractedSignalIsGoneAndItsNeighboursStay() throws Exception {
        try (Delivery delivery = new InfluxDelivery(settings)) {
            delivery.deliver(
                    List.of(signal("cross_up", ""), signal("cross_down", ""), signal("say \\\"up\\\"", "")),
                    new Refusals());
            assertThat(points("market", "signal")).hasSize(3);
            delivery.deliver(
                    List.of(signal("cross_up", ",\"retracted\":true"), signal("say \\\"up\\\"", ",\"retracted\":true")),
                    new Refusals());
        }

        assertThat(points("market", "signal"))
                .containsExactly(Map.entry(
                        "{interval=5m, kind=cross_down, symbol=R} 2026-01-02T03:05:00Z",
                        "{price=10.5, text=over \"50\"}"));
    }

    @Test
    void quotesOfOneMillisecondStayApart() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> quotes = List.of(
                quote(7, "\"price\":1.5,\"size\":2,\"bid\":1,\"ask\":2"),
                quote(8, "\"price\":1.25"),
                quote(9, "\"price\":-1"));
        try (Delivery delivery = new QuoteDelivery(settings)) {
            assertThat(delivery.deliver(quotes, new Refusals())).isEqualTo(2);
            delivery.deliver(quotes, new Refusals());
        }

        assertThat(points("market", "quote"))
                .containsExactly(
                        Map.entry(
                                "{source=feed 1, symbol=Q=1, x} 2026-01-02T03:04:05.123000007Z",
                                "{ask=2.0, bid=1.0, price=1.5, size=2.0}"),
                        Map.entry("{source=feed 1, symbol=Q=1, x} 2026-01-02T03:04:05.123000008Z", "{price=1.25}"));
    }

    @Test
    void pointsAreInTheBucketsThatTheyName() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> points = List.of(
                point("series", "air", "{\"room\":\"a b\"}", "{\"co2\":400,\"co2_mean_1m\":410.5}"),
                point("votes", "tally", "{\"candidate\":\"C1\"}", "{\"votes\":1}"),
                point("votes", "tally", "{\"candidate\":\"C1\"}", "{\"votes\":2,\"share\":0.5}"));
        try (Delivery delivery = new PointDelivery(settings)) {
            delivery.deliver(points, new Refusals());
        }

        assertThat(points("series", "air"))
                .containsExactly(Map.entry("{room=a b} 2026-01-02T03:04:00Z", "{co2=400.0, co2_mean_1m=410.5}"));
        assertThat(points("votes", "tally"))
                .containsExactly(Map.entry("{candidate=C1} 2026-01-02T03:04:00Z", "{share=0.5, votes=2.0}"));
    }

    @Test
    void theWriterOnlyWritesAndTheReaderOnlyReads() {
        try (InfluxDBClient writer = client(Secrets.INFLUXDB_WRITER);
                InfluxDBClient reader = client(Secrets.INFLUXDB_READER);
                InfluxDBClient stranger = client("a stranger's", "guessed")) {
            assertThatThrownBy(() -> writer.getQueryApi().query("from(bucket: \"market\") |> range(start: 0)"))
                    .isInstanceOf(InfluxException.class);
            assertThatThrownBy(() -> write(reader)).isInstanceOf(InfluxException.class);
            assertThatThrownBy(() -> write(stranger)).isInstanceOf(InfluxException.class);
            assertThat(points("market", "forbidden")).isEmpty();
            write(writer);
            assertThat(points("market", "forbidden")).containsExactly(Map.entry("{} 2026-01-02T03:04:05Z", "{f=1.0}"));
        }
    }

    @Test
    void whatWasDeliveredOutlivesAKill() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> points = List.of(point("series", "kept", "{}", "{\"f\":1}"));
        try (Delivery delivery = new PointDelivery(settings)) {
            delivery.deliver(points, new Refusals());
            influxdb.kill();
            influxdb.start();
            assertThat(points("series", "kept")).containsExactly(Map.entry("{} 2026-01-02T03:04:00Z", "{f=1.0}"));
            assertThat(delivery.deliver(points, new Refusals())).isEqualTo(1);
        }
    }

    private static void write(InfluxDBClient client) {
        client.getWriteApiBlocking()
                .writeRecord("market", settings.get(Keys.INFLUXDB_ORG), WritePrecision.S, "forbidden f=1 1767323045");
    }

    /** Fields by tags and time, as the reader sees them. */
    private static Map<String, String> points(String bucket, String measurement) {
        String flux = "from(bucket: \"%s\") |> range(start: 2026-01-01T00:00:00Z, stop: 2026-02-01T00:00:00Z)"
                        .formatted(bucket)
                + " |> filter(fn: (r) => r._measurement == \"%s\")".formatted(measurement);
        Map<String, TreeMap<String, Object>> points = new TreeMap<>();
        try (InfluxDBClient reader = client(Secrets.INFLUXDB_READER)) {
            for (FluxTable table : reader.getQueryApi().query(flux)) {
                for (FluxRecord record : table.getRecords()) {
                    points.computeIfAbsent(tags(record) + " " + record.getTime(), ignored -> new TreeMap<>())
                            .put(record.getField(), record.getValue());
                }
            }
        }
        Map<String, String> texts = new TreeMap<>();
        points.forEach((point, fields) -> texts.put(point, fields.toString()));
        return texts;
    }

    private static String tags(FluxRecord record) {
        Map<String, Object> tags = new TreeMap<>(record.getValues());
        tags.keySet().removeIf(name -> name.startsWith("_") || name.equals("result") || name.equals("table"));
        return tags.toString();
    }

    private static InfluxDBClient client(String secret) {
        return client(secret, new Secrets(settings.secretsDirectory()).require(secret));
    }

    private static InfluxDBClient client(String name, String token) {
        assertThat(token).as(name).isNotBlank();
        return InfluxDBClientFactory.create(
                settings.influxdbUrl(), token.toCharArray(), settings.get(Keys.INFLUXDB_ORG));
    }

    private static ConsumerRecord<byte[], byte[]> bar(String symbol, int close, String more) {
        return record(
                "market.bars",
                0,
                "{\"symbol\":\"%s\",\"interval\":\"1m\",\"time\":\"2026-01-02T03:04:00.000Z\",\"open\":1,\"high\":2.0,"
                                .formatted(symbol)
                        + "\"low\":0.5,\"close\":%d,\"volume\":100.25,\"trades\":7,\"vwap\":1.5%s}"
                                .formatted(close, more));
    }

    private static ConsumerRecord<byte[], byte[]> signal(String kind, String more) {
        return record(
                "market.signals",
                0,
                "{\"symbol\":\"R\",\"time\":\"2026-01-02T03:05:00.000Z\",\"kind\":\"%s\",\"interval\":\"5m\","
                                .formatted(kind)
                        + "\"price\":10.5,\"detail\":\"over \\\"50\\\"\"" + more + "}");
    }

    private static ConsumerRecord<byte[], byte[]> quote(long position, String fields) {
        return record(
                "market.quotes",
                position,
                "{\"symbol\":\"Q=1, x\",\"time\":\"2026-01-02T03:04:05.123Z\",%s,\"source\":\"feed 1\"}"
                        .formatted(fields));
    }

    private static ConsumerRecord<byte[], byte[]> point(String bucket, String measurement, String tags, String fields) {
        return record(
                "analytics.points",
                0,
                "{\"bucket\":\"%s\",\"measurement\":\"%s\",\"time\":\"2026-01-02T03:04:00.000Z\",\"tags\":%s,\"fields\":%s}"
                        .formatted(bucket, measurement, tags, fields));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long position, String json) {
        byte[] value = json.getBytes(UTF_8);
        RecordHeaders headers = new RecordHeaders();
        headers.add("source", "feed 1".getBytes(UTF_8));
        headers.add("event-id", ("f#" + position).getBytes(UTF_8));
        return new ConsumerRecord<>(
                topic,
                0,
                position,
                READ.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                headers,
                Optional.empty());
    }
}
