package candlestack.analytics.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import candlestack.analytics.sinks.csv.CsvDelivery;
import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.postgres.DevicesDelivery;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import candlestack.setup.SetupSteps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What analytics says of devices, in a real PostgreSQL and in real files. */
@ServiceTest
class DeviceDeliveriesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String TABLES = "select 'e', event_id, item::text, customer_id, event_offset::text,"
            + " (event_time at time zone 'UTC')::text, device_id, status, temperature::text, reason,"
            + " (received at time zone 'UTC')::text from devices.errors union all"
            + " select 'l', event_id, null, customer_id, event_offset::text, (event_time at time zone 'UTC')::text,"
            + " device_id, status, temperature::text, null, null from devices.latest order by 1, 2, 3";
    private static final String[] EXPECTED = {
        "e|e1|-1|null|17|2026-01-02 03:04:00|null|null|null|Missing customerId|2026-01-02 03:04:01",
        "e|e2|1|C\\0|null|null|D2|null|1.5|Missing status; more|2026-01-02 03:04:02",
        "e|z\\0|0|null|null|null|null|null|null|later|2026-01-02 03:04:01",
        "l|e3|null|C1|null|2026-01-02 03:04:00|D3|SUCCESS|3|null|null",
        "l|e9|null|C1|9|2026-01-02 03:04:03|D1|ERROR|20.5|null|null",
    };

    @TempDir
    static Path home;

    private static TestService postgres;
    private static Settings settings;

    private long offset;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = TestServices.postgres(home);
        settings = TestServices.settings(home, Map.of(), postgres);
        SetupSteps.postgres(settings).run(PATIENCE);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void errorsAndLastStatesAreUpsertedAndRemovedByTheRetention() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                record(
                        "devices.errors",
                        error(
                                "e1",
                                -1,
                                "\"eventOffset\":17,\"eventTime\":\"2026-01-02T03:04:00.000Z\"",
                                "Missing customerId",
                                1)),
                record(
                        "devices.errors",
                        error("e2", 1, "\"deviceId\":\"D2\",\"temperature\":1.5", "Missing status", 2)),
                record("devices.latest", reading("e1", "\"eventOffset\":1,", "D1", "SUCCESS", 1, 0)),
                record("devices.latest", reading("e3", "", "D3", "SUCCESS", 3, 0)),
                record(
                        "devices.errors",
                        error(
                                "e2",
                                1,
                                "\"customerId\":\"C\\u0000\",\"deviceId\":\"D2\",\"temperature\":1.5",
                                "Missing status; more",
                                2)),
                record("devices.errors", error("z\\u0000", 0, "\"deviceId\":null", "first", 1)),
                record("devices.errors", error("z\\\\0", 0, "\"deviceId\":null", "later", 1)),
                record("devices.latest", reading("e9", "\"eventOffset\":9,", "D1", "ERROR", 20.5, 3)));
        Refusals refusals = new Refusals();
        try (Delivery delivery = DevicesDelivery.start(settings, InstantSource.fixed(NOW))) {
            assertThat(delivery.deliver(records, refusals)).isEqualTo(5);
            assertThat(rows(TABLES)).containsExactly(EXPECTED);
            delivery.deliver(records, refusals);
            assertThat(rows(TABLES)).containsExactly(EXPECTED);
        }

        Instant inAYear = NOW.plus(Duration.ofDays(365));
        try (Delivery later = DevicesDelivery.start(settings, InstantSource.fixed(inAYear.minusSeconds(3)))) {
            assertThat(later.name()).isEqualTo("postgres-devices");
            await().atMost(PATIENCE).until(() -> rows(TABLES).size() == 2);
            assertThat(rows(TABLES)).containsExactly(EXPECTED[1], EXPECTED[4]);
        }
    }

    /** So that the batch is halved until the one record is found that is too long for an index. */
    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        StringBuilder id = new StringBuilder();
        new Random(1).ints(20_000, 'a', 'z').forEach(letter -> id.append((char) letter));
        List<ConsumerRecord<byte[], byte[]>> records =
                List.of(record("devices.errors", error(id.toString(), 0, "\"deviceId\":null", "long", 1)));
        try (Delivery delivery = DevicesDelivery.start(settings, InstantSource.fixed(NOW))) {
            assertThatThrownBy(() -> delivery.deliver(records, new Refusals()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED));
        }
    }

    @Test
    void readingsBecomePartFilesAndOneMergedFile() throws Exception {
        Path folder = home.resolve("export/devices");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(List.of(
                record("devices.readings", reading("e1", "\"eventOffset\":1,", "D1", "SUCCESS", 1, 0)),
                record("devices.readings", reading("e1, the \\\"first\\\"", "", "D2", "ERROR", 20.5, 1)),
                record("devices.readings", "{}"),
                record("devices.readings", reading("two\\nlines", "", "D2", "ERROR", 20.5, 1)),
                record("devices.readings", reading("e4", "\"eventPublisher\":\"device\",", "D1", "SUCCESS", -3, 2))));
        String header = "customerId,eventId,eventOffset,eventPublisher,eventTime,deviceId,measure,status,temperature\n";
        String first = "C1,e1,1,,2026-01-02T03:04:00.000Z,D1,C,SUCCESS,1.0\n"
                + "C1,\"e1, the \"\"first\"\"\",,,2026-01-02T03:04:01.000Z,D2,C,ERROR,20.5\n";
        String second = "C1,e4,,device,2026-01-02T03:04:02.000Z,D1,C,SUCCESS,-3.0\n";
        try (Delivery delivery = CsvDelivery.start(settings, InstantSource.fixed(NOW))) {
            assertThat(delivery.gathering()).isEqualTo(Duration.ofSeconds(10));
            assertThat(delivery.deliver(records, new Refusals())).isEqualTo(3);
            assertThat(delivery.deliver(records, new Refusals())).isZero();
            assertThat(folder.resolve("part-20260102T030502.000Z-1767323041000-0-0-1.csv"))
                    .hasContent(header + first);
            assertThat(folder.resolve("part-20260102T030505.000Z-1767323041000-0-4-4.csv"))
                    .hasContent(header + second);
        }

        // The merger has its turn at once, and again every ten seconds.
        try (Delivery later = CsvDelivery.start(settings, InstantSource.fixed(NOW))) {
            assertThat(later.name()).isEqualTo("csv-devices");
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Files.readString(folder.resolve("devices.csv")).equals(header + first + second));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidAsABusyStore() throws Exception {
        Path occupied = Files.createDirectories(home.resolve("occupied"));
        Files.writeString(occupied.resolve("export"), "a file where the folder should be");
        Settings elsewhere = Settings.load(home.resolve("none.yaml"), Map.of(), Map.of("home", occupied.toString()));
        try (Delivery delivery = CsvDelivery.start(elsewhere, InstantSource.fixed(NOW))) {
            List<ConsumerRecord<byte[], byte[]>> records =
                    List.of(record("devices.readings", reading("e1", "", "D1", "SUCCESS", 1, 0)));

            assertThatThrownBy(() -> delivery.deliver(records, new Refusals()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("Cannot write a part file in " + occupied.resolve("export/devices") + ": ");
            Files.delete(occupied.resolve("export"));
            assertThat(delivery.deliver(records, new Refusals())).isEqualTo(1);
        }
    }

    private ConsumerRecord<byte[], byte[]> record(String topic, String value) {
        byte[] bytes = value.getBytes(UTF_8);
        long stamp = NOW.plusSeconds(56 + offset).toEpochMilli();
        RecordHeaders headers = new RecordHeaders();
        headers.add("event-id", ("1767323041000-0#" + offset).getBytes(UTF_8));
        return new ConsumerRecord<>(
                topic,
                0,
                offset++,
                stamp,
                TimestampType.LOG_APPEND_TIME,
                0,
                bytes.length,
                null,
                bytes,
                headers,
                Optional.empty());
    }

    private static String error(String id, int item, String fields, String reason, int second) {
        return "{\"eventId\":\"%s\",\"item\":%d,%s,\"reason\":\"%s\",\"received\":\"2026-01-02T03:04:0%d.000Z\"}"
                .formatted(id, item, fields, reason, second);
    }

    private static String reading(
            String id, String fields, String device, String status, double temperature, int second) {
        return "{\"customerId\":\"C1\",\"eventId\":\"%s\",%s\"eventTime\":\"2026-01-02T03:04:0%d.000Z\","
                        .formatted(id, fields, second)
                + "\"deviceId\":\"%s\",\"measure\":\"C\",\"status\":\"%s\",\"temperature\":%s}"
                        .formatted(device, status, temperature);
    }

    private static List<String> rows(String query) throws SQLException {
        String password = new Secrets(settings.secretsDirectory()).require(Secrets.POSTGRES_READER);
        try (Connection connection = DriverManager.getConnection(settings.postgresUrl(), "grafana", password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }
}
