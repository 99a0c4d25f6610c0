package candlestack.analytics.sinks;

import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.testbed.TestKafka;
import candlestack.local.testbed.TestPostgres;
import candlestack.setup.SetupSteps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the sinks stand between: a real broker and a real PostgreSQL, set up, and a fake InfluxDB. */
final class TestStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestKafka kafka;
    final TestPostgres postgres;
    final FakeInfluxStore influx;
    final Settings settings;
    private final Producer<String, String> producer;

    private TestStack(Path home) throws IOException {
        kafka = TestKafka.start(home.resolve("kafka"));
        postgres = TestPostgres.start(home.resolve("postgres"));
        influx = new FakeInfluxStore();
        settings = Settings.load(
                home.resolve("none.yaml"),
                Map.of(),
                Map.of(
                        "home", home.toString(),
                        "kafka.url", kafka.bootstrap(),
                        "postgres.url", postgres.url(),
                        "influxdb.url", influx.url(),
                        // Without the stores of users, which have a test of their own.
                        "analytics.streams", "market,series",
                        "status.port", String.valueOf(freePort())));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    static TestStack start(Path home) throws IOException, InterruptedException {
        TestStack stack = new TestStack(home);
        Secrets secrets = new Secrets(stack.settings.secretsDirectory());
        secrets.store(Secrets.POSTGRES_SUPERUSER, "trusted");
        secrets.store(Secrets.INFLUXDB_WRITER, "token");
        SetupSteps.kafka(stack.settings).run(PATIENCE);
        SetupSteps.postgres(stack.settings).run(PATIENCE);
        return stack;
    }

    /** The settings as another process takes them. */
    Map<String, String> environment() {
        return Map.of(
                Keys.HOME.environmentVariable(), settings.home().toString(),
                Keys.KAFKA_URL.environmentVariable(), kafka.bootstrap(),
                Keys.POSTGRES_URL.environmentVariable(), postgres.url(),
                Keys.INFLUXDB_URL.environmentVariable(), influx.url(),
                Keys.ANALYTICS_STREAMS.environmentVariable(), "market,series",
                Keys.STATUS_PORT.environmentVariable(), String.valueOf(settings.get(Keys.STATUS_PORT)));
    }

    void send(String topic, String key, String value) throws ExecutionException, InterruptedException {
        send(new ProducerRecord<>(topic, key, value));
    }

    void send(ProducerRecord<String, String> record) throws ExecutionException, InterruptedException {
        producer.send(record).get();
    }

    /** Without waiting for the broker; {@link #flush} does. */
    @SuppressWarnings("FutureReturnValueIgnored") // what is lost is missed by the test
    void sendLater(String topic, String key, String value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }

    void flush() {
        producer.flush();
    }

    static String bar(String symbol, String interval, String time, int close, String more) {
        return "{\"symbol\":\"%s\",\"interval\":\"%s\",\"time\":\"%s\",\"open\":1,\"high\":2.0,\"low\":0.5,"
                        .formatted(symbol, interval, time)
                + "\"close\":%d,\"volume\":100.25,\"trades\":7,\"vwap\":1.5%s}".formatted(close, more);
    }

    /** InfluxDB's points whose series contains a text. */
    Map<String, String> points(String bucket, String containing) {
        Map<String, String> points = influx.points(bucket);
        points.keySet().removeIf(key -> !key.contains(containing));
        return points;
    }

    /** Rows as the reader sees them, columns joined by {@code |}. */
    List<String> rows(String query) throws SQLException {
        String password = new Secrets(settings.secretsDirectory()).require(Secrets.POSTGRES_READER);
        try (Connection connection = DriverManager.getConnection(postgres.url(), "grafana", password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    @Override
    public void close() {
        producer.close();
        influx.close();
        postgres.close();
        kafka.close();
    }

    private static String row(ResultSet result) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            columns.add(String.valueOf(result.getString(i)));
        }
        return String.join("|", columns);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
