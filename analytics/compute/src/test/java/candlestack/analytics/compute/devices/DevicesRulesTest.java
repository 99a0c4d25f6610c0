package candlestack.analytics.compute.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.Said;
import candlestack.analytics.compute.stream.Said.Forwarded;
import candlestack.analytics.compute.stream.Said.Written;
import candlestack.analytics.compute.stream.StreamRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesRulesTest {
    private static final DevicesRules RULES =
            new DevicesRules(EventTimeRules.of(Duration.ofSeconds(60), Duration.ofSeconds(60)));
    private static final String TIME = "2026-01-02T03:04:05.678Z";
    private static final long MILLIS = IsoTime.parse(TIME).orElseThrow() / 1_000_000;
    private static final String GOOD = device("\"D001\"", "21.5", "\"SUCCESS\"");

    private final Said said = new Said();
    private final KeyState state = RULES.newState("0");

    @Test
    void anEventBecomesOneFlatRowADeviceInTheFlatOrder() {
        accept("s#7", event("e1", "\"CI00101\"", GOOD + "," + device("\"D002\"", "3", "\"ERROR\"")));

        assertThat(said.records)
                .containsExactly(
                        new Written("devices.readings", "0", """
                                {"customerId":"CI00101","eventId":"e1","eventOffset":17,"eventPublisher":"device",\
                                "eventTime":"2026-01-02T03:04:05.678Z","deviceId":"D001","measure":"C",\
                                "status":"SUCCESS","temperature":21.5}""", "1767323046000-0#0"),
                        new Written("devices.readings", "0", """
                                {"customerId":"CI00101","eventId":"e1","eventOffset":17,"eventPublisher":"device",\
                                "eventTime":"2026-01-02T03:04:05.678Z","deviceId":"D002","measure":"C",\
                                "status":"ERROR","temperature":3.0}""", "1767323046000-0#1"));
        assertThat(said.points)
                .containsExactly(
                        point(MILLIS * 1_000_000 + 56, "D001", 21.5, 0), point(MILLIS * 1_000_000 + 57, "D002", 3, 1));
        assertThat(said.forwarded).extracting(Forwarded::key).containsExactly("D001", "D002");
        assertThat(said.deadLetters).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`null`|`GOOD`|Missing customerId: an event names its customer",
                "`17`|`GOOD`|Invalid customerId: 17, expected a string",
                "`\"CI00101\"`|``|Empty data.devices: an event reports at least one device",
                "`null`|``|Missing customerId: an event names its customer; "
                        + "Empty data.devices: an event reports at least one device",
            })
    void anEventThatMakesNoSenseIsOneErrorAndOneDeadLetter(String customer, String devices, String reason) {
        accept("s#1", event("e1", customer, devices.equals("GOOD") ? GOOD : devices));

        assertThat(said.records)
                .containsExactly(new Written(
                        "devices.errors",
                        "e1",
                        "{" + (customer.startsWith("\"") ? "\"customerId\":" + customer + "," : "")
                                + "\"eventId\":\"e1\",\"eventOffset\":17,\"eventPublisher\":\"device\",\"eventTime\":\""
                                + TIME + "\",\"item\":-1,\"reason\":\"" + reason
                                + "\",\"received\":\"2026-01-02T03:04:06.000Z\"}",
                        "e1/-1"));
        assertThat(said.deadLetters).containsExactly("s#1: " + reason);
        assertThat(said.points).isEmpty();
        assertThat(said.forwarded).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`null`|`1`|`\"SUCCESS\"`|`Missing deviceId: a reading names its device`",
                "`\" \"`|`1`|`\"SUCCESS\"`|`Missing deviceId: a reading names its device`",
                "`\"D\\u0000\"`|`1`|`\"SUCCESS\"`|`Invalid deviceId: 'D\0', expected 1 to 128 printable characters`",
                "`\"D001\"`|`1`|`null`|`Missing status: a reading says SUCCESS, ERROR or STANDBY`",
                "`\"D001\"`|`null`|`\"SUCCESS\"`|`Missing temperature: a reading has a number of degrees`",
                "`\"D001\"`|`\"warm\"`|`\"SUCCESS\"`|`Invalid temperature: \"warm\", expected a number`",
                "`\"D001\"`|`1e999`|`\"SUCCESS\"`|`Invalid temperature: 1e999, expected a number`",
            })
    void aDeviceThatMakesNoSenseLeavesTheOthersOfItsEvent(
            String device, String temperature, String status, String reason) {
        accept("s#1", event("e1", "\"CI00101\"", GOOD + "," + device(device, temperature, status) + "," + GOOD));

        assertThat(said.records).extracting(Written::eventId).containsExactly(number(0), "e1/1", number(1));
        Written error = said.records.get(1);
        assertThat(error.topic()).isEqualTo("devices.errors");
        assertThat(error.value())
                .startsWith("{\"customerId\":\"CI00101\",\"eventId\":\"e1\",\"eventOffset\":17,")
                .contains("\"item\":1,\"reason\":\""
                        + reason.replace("\"", "\\\"").replace("\0", "\\u0000") + "\"");
        assertThat(said.deadLetters).containsExactly("s#1: data.devices[1]: " + reason);
        assertThat(said.points)
                .extracting(Point::timeNanos)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aNumberThatNoneCanHoldIsSaid() {
        accept("s#1", event("e1", "\"CI00101\"", GOOD).replace("\"eventOffset\":17", "\"eventOffset\":1e9999999999"));

        assertThat(said.deadLetters).containsExactly("s#1: Invalid eventOffset: 1e9999999999, expected a whole number");
    }

    @Test
    void anEventFromTheFutureHidesNoneAfterIt() {
        accept("s#9", event("e9", "\"CI00101\"", GOOD).replace(TIME, "2036-01-02T03:04:05.000Z"));
        accept("s#2", event("e2", "\"CI00101\"", GOOD));

        assertThat(said.deadLetters).hasSize(1);
        assertThat(said.deadLetters.get(0)).startsWith("s#9: From the future: 2036-");
        assertThat(said.points).hasSize(1);
    }

    @Test
    void anEventFromTheFutureIsRememberedByItsIdSoThatItsRepetitionIsNotTakenLater() {
        accept("no number", event("e9", "\"CI00101\"", GOOD).replace(TIME, "2036-01-02T03:04:05.000Z"));
        accept("no number", event("e9", "\"CI00101\"", GOOD));

        assertThat(said.deadLetters).hasSize(1);
        assertThat(said.points).isEmpty();
    }

    @Test
    void aTemperatureInAnotherUnitIsRefused() {
        accept("s#1", event("e1", "\"CI00101\"", GOOD.replace("\"C\"", "\"F\"")));

        assertThat(said.deadLetters).containsExactly("s#1: data.devices[0]: Invalid measure: 'F', expected C");
    }

    @Test
    void whatIsNoEventAtAllIsNamedByItsRecord() {
        accept("s#1", "{\"eventId\":\"e1\",");
        accept("s#2", "{}");
        accept("s#3", "");
        accept("s#4", "{\"eventId\":\"e4\",\"customerId\":\"C\",\"data\":[],\"eventTime\":\"yesterday\"}");

        assertThat(said.deadLetters)
                .containsExactly(
                        "s#1: Cannot read JSON: expected a field name at byte 16",
                        "s#2: Missing eventId: it is what duplicates are told by; "
                                + "Missing customerId: an event names its customer; "
                                + "Empty data.devices: an event reports at least one device; "
                                + "Missing eventTime: an event carries its time",
                        "s#3: Cannot read the event: the record is empty",
                        "s#4: Invalid data: [], expected an object; Invalid eventTime: 'yesterday', "
                                + "expected ISO-8601 in UTC such as 2026-01-31T09:30:00.000Z");
        assertThat(said.records).extracting(Written::topic).containsOnly("devices.errors");
        assertThat(said.records)
                .extracting(Written::eventId)
                .containsExactly("e1/-1", "record key/-1", "record key/-1", "e4/-1");
    }

    @Test
    void whatIsTooLongStaysDistinctInTheRowThatIsRefused() {
        String id = "e".repeat(2_000);
        String key = "k".repeat(2_000);
        accept("1", event(id + "1", "\"CI00101\"", GOOD));
        accept("2", event(id + "2", "\"CI00101\"", GOOD));
        accept("3", event(id + "1", "\"CI00101\"", GOOD));
        state.accept(record(key, "4", "{}"), said);

        assertThat(said.records)
                .extracting(Written::key)
                .containsExactly(distinct(id + "1"), distinct(id + "2"), distinct(key));
        assertThat(said.records.get(0).value()).contains("\"eventId\":\"" + distinct(id + "1") + "\"");
        assertThat(said.deadLetters.get(0))
                .isEqualTo("1: Invalid eventId: '" + "e".repeat(40) + "...', expected 1 to 128 printable characters");
    }

    private static String distinct(String text) {
        return text.substring(0, 40) + "..." + UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
    }

    @Test
    void thousandsOfProblemsOfOneDeviceAreNotAllWrittenIntoItsRow() {
        accept("s#1", event("e1", "\"CI00101\"", "{" + "\"status\":1,".repeat(1_000) + "\"deviceId\":\"D001\"}"));

        assertThat(said.records.get(0).value())
                .contains("\"reason\":\"Invalid status: 1, expected a string; Invalid status: 1,")
                .contains("...\",\"received\":")
                .hasSizeLessThan(2_400);
    }

    @Test
    void anEventWithDevicesWithoutEndIsOneErrorNotARowForEach() {
        accept("s#1", event("e1", "\"CI00101\"", "0,".repeat(10_000) + "0"));
        accept("s#2", event("e2", "\"CI00101\"", (GOOD + ",").repeat(9_999) + GOOD));

        assertThat(said.deadLetters).containsExactly("s#1: Invalid data.devices: 10001, expected at most 10000");
        assertThat(said.records).hasSize(1 + 10_000);
        assertThat(said.records.get(0).topic()).isEqualTo("devices.errors");
    }

    @Test
    void aTimeMoreThanAMinuteAheadOfTheBrokerIsRefused() {
        accept("s#1", event("e1", "\"CI00101\"", GOOD).replace(TIME, "2026-01-02T03:05:06.000Z"));
        accept("s#2", event("e2", "\"CI00101\"", GOOD).replace(TIME, "2026-01-02T03:05:06.001Z"));

        assertThat(said.records).extracting(Written::eventId).containsExactly(number(0), "e2/-1");
        assertThat(said.deadLetters)
                .containsExactly("s#2: From the future: 2026-01-02T03:05:06.001Z is 60.001s ahead of its arrival at the"
                        + " broker, analytics.future allows 60.0s; check the clock of its publisher");
    }

    @Test
    void aRepetitionChangesNothing() {
        accept("s#5", event("e5", "\"CI00101\"", GOOD));
        accept("s#6", event("e6", "\"CI00101\"", GOOD));
        accept("s#5", event("e5", "\"CI00101\"", GOOD));
        KeyState kept = RULES.readState("0", bytes(state));
        kept.accept(record("s#6", event("e6", "null", "")), said);
        // Not numbered by its source: told by the id it bears.
        kept.accept(record("devices.events/0/8", event("u#1", "\"CI00101\"", GOOD)), said);
        kept.accept(record("devices.events/0/9", event("u#1", "\"CI00101\"", GOOD)), said);
        kept.accept(record("devices.events/0/10", event("u#0", "\"CI00101\"", GOOD)), said);

        assertThat(said.records)
                .extracting(Written::eventId)
                .containsExactly(number(0), number(1), number(2), number(3));
        assertThat(said.points)
                .extracting(Point::timeNanos)
                .doesNotHaveDuplicates()
                .hasSize(4);
        assertThat(said.deadLetters).isEmpty();
    }

    @Test
    void eventsAreJudgedByTheirPartition() {
        StreamRecord record = record("s#1", event("e1", "\"CI00101\"", GOOD));

        assertThat(RULES.keyOf(record)).isEqualTo("0");
        assertThat(RULES.keyOf(record.inPartition(3))).isEqualTo("3");
    }

    @Test
    void theLastStateIsTheNewestByEventTimeWhateverTheOrderOfArrival() {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String time = "2026-01-02T03:04:0" + i / 4 + ".000Z";
            accept(
                    "s#" + i,
                    event("e" + i, "\"CI00101\"", device("\"D001\"", i + ".0", "\"SUCCESS\""))
                            .replace(TIME, time));
        }
        said.forwarded.forEach(forwarded -> rows.add(forwarded.row()));
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(rows, random);
            Said latest = latest(rows, random.nextInt(20));

            assertThat(latest.records.get(latest.records.size() - 1))
                    // Of the four of the newest second the greatest id, since the offsets are the same.
                    .isEqualTo(new Written("devices.latest", "D001", """
                            {"customerId":"CI00101","eventId":"e19","eventOffset":17,"eventPublisher":"device",\
                            "eventTime":"2026-01-02T03:04:04.000Z","deviceId":"D001","measure":"C",\
                            "status":"SUCCESS","temperature":19.0}""", "D001/e19/0"));
        }
    }

    /** @param first rows of the first of two turns */
    private static Said latest(List<byte[]> rows, int first) {
        Said latest = new Said();
        KeyState device = RULES.secondStage().orElseThrow().newState("D001");
        for (byte[] row : rows.subList(0, first)) {
            device.accept(row(row), latest);
        }
        device.writeOut(latest);
        KeyState kept =
                device.isEmpty() ? device : RULES.secondStage().orElseThrow().readState("D001", bytes(device));
        for (byte[] row : rows.subList(first, rows.size())) {
            kept.accept(row(row), latest);
        }
        kept.writeOut(latest);
        kept.writeOut(latest);
        assertThat(latest.records.size()).isBetween(1, 2);
        return latest;
    }

    private void accept(String id, String json) {
        state.accept(record(id, json), said);
    }

    /** The event id of a reading. */
    private static String number(int number) {
        return "1767323046000-0#" + number;
    }

    private static byte[] bytes(KeyState state) {
        StateOutput output = new StateOutput();
        state.write(output);
        return output.toBytes();
    }

    private static Point point(long time, String device, double temperature, double errors) {
        return new Point(
                "devices",
                "reading",
                time,
                Map.of("device", device),
                Map.of("temperature", temperature, "errors", errors));
    }

    private static String event(String id, String customer, String devices) {
        return "{\"eventId\":\"%s\",\"eventOffset\":17,\"eventPublisher\":\"device\",\"customerId\":%s,"
                        .formatted(id, customer)
                + "\"data\":{\"devices\":[%s]},\"eventTime\":\"%s\"}".formatted(devices, TIME);
    }

    private static String device(String id, String temperature, String status) {
        return "{\"deviceId\":%s,\"temperature\":%s,\"measure\":\"C\",\"status\":%s}"
                .formatted(id, temperature, status);
    }

    private static StreamRecord record(String id, String json) {
        return record("record key", id, json);
    }

    private static StreamRecord record(String key, String id, String json) {
        long stamp = IsoTime.parse("2026-01-02T03:04:06.000Z").orElseThrow() / 1_000_000;
        return new StreamRecord("devices.events", key, json.getBytes(UTF_8), stamp, id.getBytes(UTF_8), "devices");
    }

    private static StreamRecord row(byte[] row) {
        return new StreamRecord("", "D001", row, 0, new byte[] {1}, "devices.events");
    }
}
