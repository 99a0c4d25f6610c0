package candlestack.flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryTest {
    private final MemoryStorage storage = new MemoryStorage();

    @ParameterizedTest
    @CsvSource(
            delimiterString = ";;",
            value = {
                "float(v: \"1e21\") ;; 1e+21",
                "float(v: \"1e20\") ;; 100000000000000000000",
                "0.0001 ;; 0.0001",
                "0.0000125 ;; 1.25e-05",
                "-0.0 ;; -0",
                "[1, 2, 3] ;; \"[1, 2, 3]\"",
                "{b: \"x\", a: [1.5]} ;; \"{a: [1.5], b: x}\"",
                "[\"k\": 1h] ;; [k: 1h]",
                "[:] ;; [:]",
                "date.add(d: 1d, to: 2022-11-06T07:00:00Z, location: timezone.location(name: \"America/Los_Angeles\"))"
                        + " ;; 2022-11-07T08:00:00.000000000Z",
                "date.sub(d: 1mo1d, from: 2022-04-15T22:00:00Z, location: timezone.location(name: \"Europe/Berlin\"))"
                        + " ;; 2022-03-14T23:00:00.000000000Z",
                "strings.substring(v: \"abc\", start: -1, end: 2) ;; ab",
                "strings.substring(v: \"abc\", start: 30, end: 40) ;; ''"
            })
    void displaysValues(String expression, String text) {
        assertThat(Queries.value(expression)).isEqualTo(text);
    }

    @Test
    void displaysWhatHasManyPartsLineByLine() {
        assertThat(Queries.run(
                        "import \"array\" array.from(rows: [{v: display(v: {a: 1, b: [1, 2, 3, 4], c: 2, d: 3})}])",
                        storage))
                .endsWith("\"{\n    a: 1,\n    b: [\n        1,\n        2,\n        3,\n        4\n    ],\n    c: 2,\n"
                        + "    d: 3\n}\"\n");
    }

    @Test
    void refusesToDisplayAFunction() {
        assertThatThrownBy(() -> Queries.value("(x, n=2) => x * n"))
                .isInstanceOf(FluxException.class)
                .hasMessageContaining("display of a function is not supported");
    }

    @Test
    void joinsRowsOfTheSameTimeInTablesOfTheSameKey() {
        String query = """
                import "array"
                import "experimental"
                a = array.from(rows: [
                    {_time: 2026-01-01T00:00:00Z, k: "x", v: 1},
                    {_time: 2026-01-01T00:00:01Z, k: "x", v: 2},
                    {_time: 2026-01-01T00:00:01Z, k: "y", v: 3},
                ]) |> group(columns: ["k"])
                b = array.from(rows: [
                    {_time: 2026-01-01T00:00:01Z, k: "x", w: 10},
                    {_time: 2026-01-01T00:00:01Z, k: "x", w: 20},
                    {_time: 2026-01-01T00:00:02Z, k: "y", w: 30},
                ]) |> group(columns: ["k"])
                experimental.join(left: a, right: b, fn: (left, right) => ({left with w: right.w}))
                    |> drop(columns: ["_time"])
                """;

        assertThat(rows(query)).containsExactly("k,v,w", "x,2,10", "x,2,20");
        assertThatThrownBy(() -> rows(query.replace("w: right.w", "k: \"z\"")))
                .isInstanceOf(FluxException.class)
                .hasMessageContaining("may not change the group key: 'k'");
    }

    @Test
    void rowsWithoutColumnsAreNone() {
        assertThat(Queries.run(
                        "import \"array\" array.from(rows: [{a: 1}, {a: 2}]) |> map(fn: (r) => ({x: r.nope}))",
                        storage))
                .isEqualTo(",result,table\n");
    }

    @Test
    void readsRawCsv() {
        assertThat(rows("import \"csv\" csv.from(csv: \"\na,b\n1,\n,x\n\", mode: \"raw\")"))
                .containsExactly("a,b", "1,", ",x");
    }

    @Test
    void forecastsASteadySeries() {
        List<String> rows = rows(series("5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0")
                + " |> holtWinters(n: 2, interval: 10s, withMinSSE: true)");

        assertThat(rows.get(0)).isEqualTo("_time,_value,minSSE");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).startsWith("2026-01-01T00:01:20Z,");
        assertThat(rows.get(2)).startsWith("2026-01-01T00:01:30Z,");
        assertThat(Double.parseDouble(rows.get(2).split(",")[1])).isCloseTo(5, within(0.2));
    }

    @Test
    void forecastsSeasonsAndShowsTheFit() {
        String seasons = "1.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0, 3.0";

        List<String> rows =
                rows(series(seasons) + " |> holtWinters(n: 2, interval: 10s, seasonality: 2, withFit: true)");

        assertThat(rows).hasSize(1 + 12 + 2);
        assertThat(rows.get(1)).isEqualTo("2026-01-01T00:00:00Z,1");
        assertThat(Double.parseDouble(rows.get(13).split(",")[1])).isCloseTo(1, within(0.3));
        assertThat(Double.parseDouble(rows.get(14).split(",")[1])).isCloseTo(3, within(0.5));
    }

    @Test
    void forecastsNothingFromTooLittle() {
        assertThat(rows(series("5.0") + " |> holtWinters(n: 2, interval: 10s)")).hasSize(1);
        assertThatThrownBy(() -> rows(series("5.0, 6.0") + " |> holtWinters(n: 2, interval: 1mo)"))
                .isInstanceOf(FluxException.class)
                .hasMessageContaining("interval");
    }

    /** A series with a value every ten seconds. */
    private static String series(String values) {
        StringBuilder rows = new StringBuilder();
        int second = 0;
        for (String value : values.split(", ")) {
            rows.append("{_time: time(v: ")
                    .append((1_767_225_600L + second) * 1_000_000_000L)
                    .append("), _value: ")
                    .append(value)
                    .append("},");
            second += 10;
        }
        return "import \"array\" array.from(rows: [" + rows + "])";
    }

    private List<String> rows(String query) {
        return Queries.run(query, storage)
                .lines()
                .map(line -> line.split(",", 4)[3])
                .toList();
    }
}
