package candlestack.analytics.compute.series;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.Said;
import candlestack.analytics.compute.stream.StreamRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesRulesTest {
    private static final long START = 1_760_000_000_000L;
    private static final SeriesRules RULES =
            new SeriesRules(EventTimeRules.of(Duration.ofSeconds(60), Duration.ofSeconds(60)));

    @Test
    void theStatisticsOfTheContractStandBesideTheValue() {
        KeyState state = RULES.newState("weather");
        Said said = new Said();
        // 20 values 1..20 ten seconds apart: of the last, the window of a minute holds 15..20.
        for (int i = 1; i <= 20; i++) {
            state.accept(point("a#" + i, START + i * 10_000L, i), said);
        }
        state.writeOut(said);
        assertThat(said.deadLetters).isEmpty();
        assertThat(said.points).hasSize(20);
        assertThat(said.points.get(0))
                .isEqualTo(new Point(
                        "series",
                        "weather",
                        (START + 10_000) * 1_000_000,
                        Map.of("station", "berlin"),
                        Map.of("t", 1.0, "t_mean_1m", 1.0, "t_min_1m", 1.0, "t_max_1m", 1.0)));
        assertThat(said.points.get(19).fields())
                .containsOnlyKeys("t", "t_mean_1m", "t_min_1m", "t_max_1m", "t_stddev_1m", "t_sma_20", "t_ema_20")
                .containsEntry("t", 20.0)
                .containsEntry("t_mean_1m", 17.5)
                .containsEntry("t_min_1m", 15.0)
                .containsEntry("t_max_1m", 20.0)
                .containsEntry("t_sma_20", 10.5)
                .containsEntry("t_ema_20", 10.5);
        // Of 15..20 the squares from the mean are 17.5, divided by five.
        assertThat(said.points.get(19).fields().get("t_stddev_1m")).isCloseTo(Math.sqrt(3.5), within(1e-12));

        said.points.clear();
        state.accept(point("a#21", START + 210_000, 42), said);
        state.writeOut(said);
        // 10.5 + 2/21 * (42 - 10.5)
        assertThat(said.points.get(0).fields().get("t_ema_20")).isCloseTo(13.5, within(1e-12));
        // 2..20 and 42 are 251.
        assertThat(said.points.get(0).fields().get("t_sma_20")).isCloseTo(12.55, within(1e-12));
    }

    @Test
    void aLatePointCorrectsThoseAfterItAndATooLateOneIsADeadLetter() {
        KeyState state = RULES.newState("weather");
        Said said = new Said();
        state.accept(point("a", START, 1), said);
        state.accept(point("c", START + 20_000, 3), said);
        state.writeOut(said);
        said.points.clear();
        state.accept(point("b", START + 10_000, 8), said);
        state.writeOut(said);
        assertThat(said.points).extracting(Point::timeNanos).containsExactly(nanos(10_000), nanos(20_000));
        assertThat(said.points.get(1).fields()).containsEntry("t_mean_1m", 4.0).containsEntry("t_max_1m", 8.0);

        state.accept(point("d", START + 70_001, 5), said);
        state.accept(point("e", START + 10_000, 5), said);
        assertThat(said.deadLetters)
                .containsExactly("e: Late: " + IsoTime.format(nanos(10_000))
                        + " is 60.001s behind the newest point of weather{station=berlin}, analytics.lateness allows"
                        + " 60.0s");
    }

    @Test
    void whatIsNoPointIsADeadLetterWithTheReason() {
        assertThat(refusal("")).isEqualTo("x: Cannot read the point: the record is empty");
        assertThat(refusal("{\"series\":\"s\"")).startsWith("x: Cannot read JSON: ");
        assertThat(refusal("{\"time\":\"2025-10-09T08:53:20Z\",\"fields\":{\"a\":1}}"))
                .startsWith("x: Missing series");
        assertThat(refusal("{\"series\":\"s\",\"fields\":{\"a\":1}}")).startsWith("x: Missing time");
        assertThat(refusal("{\"series\":\"s\",\"time\":\"now\",\"fields\":{\"a\":1}}"))
                .startsWith("x: Invalid time: 'now'");
        assertThat(refusal("{\"series\":\"s\",\"time\":\"2025-10-09T08:53:20Z\",\"fields\":{}}"))
                .startsWith("x: Missing fields");
        assertThat(refusal("{\"series\":\"s\",\"time\":\"2025-10-09T08:53:20Z\",\"fields\":{\"a\":\"high\"}}"))
                .isEqualTo("x: Invalid fields.a: \"high\", expected a number");
        assertThat(refusal("{\"series\":\"s\",\"time\":\"2025-10-09T08:53:20Z\",\"fields\":{\"a\":NaN}}"))
                .startsWith("x: Invalid fields.a: NaN");
        assertThat(refusal("{\"series\":\"s\",\"time\":\"2025-10-09T08:53:20Z\",\"fields\":{\"" + "a".repeat(129)
                        + "\":1}}"))
                .startsWith("x: Invalid field: 'aaaa");
        assertThat(refusal("{\"series\":\"s\",\"time\":\"2025-10-09T08:53:20Z\",\"tags\":{" + tags(257)
                        + "},\"fields\":{\"a\":1}}"))
                .isEqualTo("x: Invalid tags: 257, expected at most 256");
        assertThat(refusal("{\"series\":\"s\",\"time\":\"2035-10-09T08:53:20Z\",\"fields\":{\"a\":1}}"))
                .startsWith("x: From the future: 2035-10-09T08:53:20");
    }

    private static String tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "\"t" + number + "\":\"v\"")
                .collect(Collectors.joining(","));
    }

    @Test
    void repeatedAndCutIntoTurnsAnywhereItGivesTheSame() {
        Random random = new Random(7);
        List<StreamRecord> records = new ArrayList<>();
        long time = START;
        for (int i = 0; i < 600; i++) {
            time += random.nextInt(8_000);
            records.add(point(
                    "p#" + i,
                    time - random.nextInt(4) / 3 * (long) random.nextInt(70_000),
                    random.nextInt(1_000) / 7.0));
        }
        Map<Long, Point> once = last(records, 1_000, random);
        for (int round = 0; round < 20; round++) {
            List<StreamRecord> repeated = new ArrayList<>(records);
            int from = random.nextInt(500);
            repeated.addAll(from + 80, records.subList(from, from + 80));
            assertThat(last(repeated, 1 + random.nextInt(40), random)).isEqualTo(once);
        }
        assertThat(once).hasSizeGreaterThan(500);
    }

    @Test
    void tagsInAnyOrderAndEmptyOnesAreOneSeries() {
        String first = key("{\"series\":\"s\",\"tags\":{\"b\":\"2\",\"a\":\"1\"}}");
        assertThat(key("{\"tags\":{\"a\":\"1\",\"c\":\"\",\"b\":\"2\"},\"series\":\"s\"}"))
                .isEqualTo(first);
        assertThat(key("{\"tags\":{\"a\":\"1\",\"b\":\"3\"},\"series\":\"s\"}")).isNotEqualTo(first);
        assertThat(key("nonsense")).isEmpty();
        assertThat(key("{\"series\":\"s\",\"tags\":{\"city\":\"Paris, country=FR\"}}"))
                .isNotEqualTo(key("{\"series\":\"s\",\"tags\":{\"city\":\"Paris\",\"country\":\"FR\"}}"));
    }

    @Test
    void aPointFromTheFutureHidesNoneAfterIt() {
        KeyState state = RULES.newState("weather");
        Said said = new Said();
        state.accept(point("a#9999", START + 20_000_000, 1), said);
        state.accept(point("a#2", START + 1_000, 2), said);
        state.writeOut(said);
        assertThat(said.deadLetters).hasSize(1);
        assertThat(said.deadLetters.get(0)).startsWith("a#9999: From the future: ");
        assertThat(said.points).hasSize(1);
        assertThat(said.points.get(0).fields()).containsEntry("t", 2.0);
    }

    @Test
    void aPointFromTheFutureIsRememberedByItsIdSoThatItsRepetitionIsNotTakenLater() {
        KeyState state = RULES.newState("weather");
        Said said = new Said();
        state.accept(point("a", START + 20_000_000, 1), said);
        state.accept(point("a", START + 1_000, 1), said);
        state.writeOut(said);
        assertThat(said.deadLetters).hasSize(1);
        assertThat(said.points).isEmpty();
    }

    @Test
    void aSeriesThatHasANewFieldWithEveryPointIsStopped() {
        KeyState state = RULES.newState("weather");
        Said said = new Said();
        for (int i = 0; i < SeriesState.MOST_FIELDS + 2; i++) {
            String time = IsoTime.format((START + i) * 1_000_000);
            state.accept(
                    record("f#" + i, "{\"series\":\"s\",\"time\":\"" + time + "\",\"fields\":{\"f" + i + "\":1}}"),
                    said);
        }
        state.writeOut(said);
        assertThat(said.points).hasSize(SeriesState.MOST_FIELDS);
        assertThat(said.deadLetters).hasSize(2);
        assertThat(said.deadLetters.get(0))
                .startsWith("f#256: Too many fields: with this point s{} would have more than 256");
    }

    private static Map<Long, Point> last(List<StreamRecord> records, int turn, Random random) {
        Said said = new Said();
        KeyState state = RULES.newState("weather");
        int left = turn;
        for (StreamRecord record : records) {
            state.accept(record, said);
            if (--left == 0) {
                state.writeOut(said);
                StateOutput kept = new StateOutput();
                state.write(kept);
                state = RULES.readState("weather", kept.toBytes());
                left = 1 + random.nextInt(turn);
            }
        }
        state.writeOut(said);
        Map<Long, Point> last = new TreeMap<>();
        said.points.forEach(point -> last.put(point.timeNanos(), point));
        return Collections.unmodifiableMap(last);
    }

    private static String refusal(String json) {
        Said said = new Said();
        StreamRecord record = record("x", json);
        KeyState state = RULES.newState(RULES.keyOf(record));
        state.accept(record, said);
        state.writeOut(said);
        assertThat(said.points).isEmpty();
        assertThat(said.deadLetters).hasSize(1);
        return said.deadLetters.get(0);
    }

    private static String key(String json) {
        return RULES.keyOf(record("x", json));
    }

    private static StreamRecord point(String id, long millis, double value) {
        return record(
                id,
                "{\"series\":\"weather\",\"time\":\"" + IsoTime.format(millis * 1_000_000)
                        + "\",\"tags\":{\"station\":\"berlin\"},\"fields\":{\"t\":" + value + ",\"none\":null}}");
    }

    private static StreamRecord record(String id, String json) {
        return new StreamRecord(
                "series.points", "weather", json.getBytes(UTF_8), START + 10_000_000, id.getBytes(UTF_8), "test");
    }

    private static long nanos(long millis) {
        return (START + millis) * 1_000_000;
    }
}
