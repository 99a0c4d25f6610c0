package candlestack.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.config.Secrets;
import candlestack.config.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events of five devices, two readings each; of every hundredth event one reading has no status. */
final class DevicesLoad {
    private static final int READINGS = 2;
    private static final int EVENTS_PER_ERROR = 100;
    private static final int EVENTS_PER_SECOND = 10_000;

    private DevicesLoad() {}

    static StreamLoad of(long events) {
        long start = Instant.now().toEpochMilli() - events * 1000 / EVENTS_PER_SECOND;
        long errors = (events + EVENTS_PER_ERROR - 1) / EVENTS_PER_ERROR;
        double readings = (double) events * READINGS - errors;
        return new StreamLoad(
                "devices",
                events,
                number -> record(number, start + number * 1000 / EVENTS_PER_SECOND),
                List.of(
                        new StreamLoad.Store("devices.csv", stack -> lines(stack) / readings),
                        new StreamLoad.Store("InfluxDB", stack -> points(stack) / readings),
                        new StreamLoad.Store("PostgreSQL", stack -> errors(stack) / (double) errors)));
    }

    private static ProducerRecord<byte[], byte[]> record(long number, long time) {
        String eventId = "bench-" + number;
        String status = number % EVENTS_PER_ERROR == 0 ? "null" : "\"SUCCESS\"";
        String value = "{\"eventId\":\"" + eventId + "\",\"eventOffset\":" + number
                + ",\"eventPublisher\":\"device\",\"customerId\":\"CI00101\",\"data\":{\"devices\":["
                + device(number, status) + "," + device(number + 1, "\"SUCCESS\"") + "]},\"eventTime\":\""
                + Instant.ofEpochMilli(time) + "\"}";
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.DEVICES_EVENTS.topicName(), eventId.getBytes(UTF_8), value.getBytes(UTF_8));
        record.headers().add("source", "bench".getBytes(UTF_8));
        record.headers().add("event-id", ("bench#" + number).getBytes(UTF_8));
        return record;
    }

    private static String device(long number, String status) {
        return "{\"deviceId\":\"D00" + (1 + number % 5) + "\",\"temperature\":" + number % 300 / 10.0
                + ",\"measure\":\"C\",\"status\":" + status + "}";
    }

    /** Rows of the merged file. */
    private static long lines(Stack stack) throws IOException {
        Path merged = stack.home().resolve("export/devices/devices.csv");
        if (!Files.exists(merged)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(merged)) {
            return lines.count() - 1;
        }
    }

    private static double points(Stack stack) throws IOException, InterruptedException {
        return new Flux(stack)
                .number("from(bucket:\"devices\") |> range(start:-1d) |> filter(fn:(r) => r._measurement == \"reading\""
                        + " and r._field == \"temperature\") |> count() |> group() |> sum()")
                .orElse(0);
    }

    private static long errors(Stack stack) throws SQLException {
        String password = stack.secrets().require(Secrets.POSTGRES_READER);
        try (Connection connection = DriverManager.getConnection(stack.postgres(), "grafana", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from devices.errors")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
