package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.influxdb.http.ServerFixture.Answer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the store computes itself is what the interpreter computes from the points: random queries are asked twice, the
 * second time with a {@code limit} that lets all points through but nothing down.
 */
class PushDownTest {
    private static final int QUERIES = 400;
    private static final int POINTS = 600;
    private static final int SPAN_SECONDS = 7200;
    private static final long START_SECOND = 1_704_067_200; // 2024-01-01T00:00:00Z
    private static final String BARRIER = " |> limit(n: 1000000000)";

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private ServerFixture server;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
        write(POINTS / 2);
        server.server().store().snapshot();
        write(POINTS / 2); // out of order with the first half, some of it in place of it
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theStoreAnswersAsTheInterpreterDoes() {
        int rows = 0;
        int errors = 0;
        for (int i = 0; i < QUERIES; i++) {
            String from = "from(bucket: \"my-bucket\") |> range(" + range() + ")";
            String rest = filters() + grouping() + operation();

            Answer pushed = ask(from + rest);
            Answer plain = ask(from + BARRIER + rest);

            String query = from + rest;
            assertThat(pushed.status())
                    .as("%s%n%s%n%s", query, pushed.body(), plain.body())
                    .isEqualTo(plain.status());
            if (pushed.status() == 200) {
                assertThat(tables(pushed.body())).as(query).isEqualTo(tables(plain.body()));
                rows += pushed.body().isBlank() ? 0 : 1;
            } else {
                errors++;
            }
        }
        assertThat(rows).as("queries with an answer").isGreaterThan(QUERIES / 3);
        assertThat(errors).as("queries refused").isLessThan(QUERIES / 2);
    }

    private Answer ask(String query) {
        String body = JsonNodeFactory.instance.objectNode().put("query", query).toString();
        return server.post("/api/v2/query?org=my-org", TOKEN, body);
    }

    /** The tables of an answer without their numbers: neither their order nor that of their columns is compared. */
    private static List<String> tables(String csv) {
        List<String> tables = new ArrayList<>();
        for (String block : csv.split("\r\n\r\n")) {
            List<String> lines = block.lines().filter(line -> !line.isEmpty()).toList();
            if (!lines.isEmpty()) {
                String[] labels = lines.get(0).split(",", -1);
                lines.stream()
                        .skip(1)
                        .map(line -> line.split(",", -1))
                        .collect(Collectors.groupingBy(cells -> cells[2]))
                        .values()
                        .forEach(rows -> tables.add(table(labels, rows)));
            }
        }
        return tables.stream().sorted().toList();
    }

    private static String table(String[] labels, List<String[]> rows) {
        return rows.stream()
                .map(cells -> IntStream.range(3, cells.length)
                        .mapToObj(i -> labels[i] + "=" + cells[i])
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }

    private void write(int points) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < points; i++) {
            long second = START_SECOND + random.nextInt(SPAN_SECONDS / 10) * 10L;
            lines.append(one("m1", "m2"))
                    .append(one("", ",a=x", ",a=y"))
                    .append(one("", ",b=1", ",b=2"))
                    .append(' ')
                    .append(fields())
                    .append(' ')
                    .append(second)
                    .append("000000000\n");
        }
        assertThat(server.write(lines.toString()).status()).isEqualTo(204);
    }

    /** Quarters, whose sums are exact in any order. */
    private String fields() {
        List<String> fields = new ArrayList<>();
        fields.add(one("f=" + (random.nextInt(200) - 100) / 4.0, "i=" + (random.nextInt(20) - 10) + "i"));
        fields.add(
                one("u=" + random.nextInt(9) + "u", "s=\"" + one("p", "q", "r") + "\"", "t=" + one("true", "false")));
        return String.join(",", fields);
    }

    private String range() {
        int from = random.nextInt(SPAN_SECONDS);
        int to = from + 1 + random.nextInt(SPAN_SECONDS);
        return random.nextInt(4) == 0
                ? "start: " + START_SECOND + ", stop: " + (START_SECOND + SPAN_SECONDS)
                : "start: " + (START_SECOND + from) + ", stop: " + (START_SECOND + to);
    }

    private String filters() {
        StringBuilder filters = new StringBuilder();
        if (random.nextInt(4) > 0) { // most functions are for numbers, and for columns of one type
            filters.append(" |> filter(fn: (r) => r._field == \"")
                    .append(one("f", "i", "u"))
                    .append("\")");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            filters.append(" |> filter(fn: (r) => ").append(condition(2)).append(")");
        }
        return filters.toString();
    }

    private String condition(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return "(" + condition(depth - 1) + one(" and ", " or ") + condition(depth - 1) + ")";
        }
        return one(
                "r._field == \"" + one("f", "i", "u", "s", "t") + "\"",
                "r._field != \"s\"",
                "r._field =~ /^[fiu]$/",
                "r._measurement == \"" + one("m1", "m2", "none") + "\"",
                "r.a == \"" + one("x", "y") + "\"",
                "r.a != \"x\"",
                "\"2\" == r.b",
                "r.b =~ /[12]/",
                "r.a !~ /x/",
                "exists r.b",
                "not exists r.a",
                "not r.a == \"x\"",
                "r._time >= 2024-01-01T01:00:00Z",
                "true");
    }

    private String grouping() {
        return one(
                "",
                "",
                "",
                " |> group()",
                " |> group(columns: [\"_field\"])",
                " |> group(columns: [\"_field\", \"a\"])",
                " |> group(columns: [\"_time\", \"b\"], mode: \"except\")");
    }

    private String operation() {
        String function = one("first", "last", "min", "max", "count", "sum", "mean");
        return one(
                "",
                " |> " + function + "()",
                " |> " + function + "(column: \"_value\")",
                window(function),
                window(function),
                window(function),
                " |> " + one("min", "max") + "(column: \"_time\")",
                " |> distinct(column: \"a\")",
                " |> keys()",
                " |> window(every: 20m) |> " + function + "()");
    }

    private String window(String function) {
        return " |> aggregateWindow(every: " + one("1m", "7m", "1h", "1d") + ", fn: " + function
                + one("", ", createEmpty: false", ", createEmpty: true")
                + one("", "", ", offset: 90s", ", offset: -3m", ", period: 10m", ", timeSrc: \"_start\"") + ")";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
