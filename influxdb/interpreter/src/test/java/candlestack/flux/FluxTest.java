package candlestack.flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.flux.csv.Dialect;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FluxTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * SECOND;

    private final MemoryStorage storage = new MemoryStorage().bucket("market");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3 | 7",
                "2.0 ^ 3.0 | 8",
                "7 / 2 | 3",
                "7.0 / 2.0 | 3.5",
                "-7 % 3 | -1",
                "not 1 > 2 | true",
                "\"a${1 + 1}b\" | a2b",
                "if 1 < 2 then \"yes\" else \"no\" | yes",
                "date.add(d: 1mo, to: 2018-01-31T00:00:00Z) | 2018-02-28T00:00:00.000000000Z",
                "date.truncate(t: 2018-02-28T13:45:00Z, unit: 1mo) | 2018-02-01T00:00:00.000000000Z",
                "{a: 1}.a | 1",
                "[1, 2, 3][1] | 2",
                "dict.get(dict: [\"a\": 1], key: \"b\", default: 9) | 9",
                "exists {a: 1}.b | false",
                "1h15m | 1h15m",
                "strings.title(v: \"one two\") | One Two",
                "\"abc\" =~ /b/ | true",
                "10 / 2 / 5 | 1"
            })
    void evaluatesExpressions(String expression, String value) {
        assertThat(Queries.value(expression)).isEqualTo(value);
    }

    @Test
    void readsFiltersAndAggregatesWindows() {
        for (long i = 0; i < 6; i++) {
            storage.point("market", "quote", "price", START + i * 10 * SECOND, (double) i, "symbol", "A");
            storage.point("market", "quote", "price", START + i * 10 * SECOND, (double) -i, "symbol", "B");
        }

        String csv = Queries.run(
                "from(bucket: \"market\") |> range(start: 2026-01-01, stop: 2026-01-01T00:01:00Z)"
                        + " |> filter(fn: (r) => r._measurement == \"quote\" and r.symbol == \"A\" and r._value > 0.0)"
                        + " |> aggregateWindow(every: 30s, fn: sum) |> keep(columns: [\"_time\", \"_value\"])",
                storage);

        assertThat(csv)
                .isEqualTo(",result,table,_value,_time\n"
                        + ",_result,0,3,2026-01-01T00:00:30Z\n"
                        + ",_result,0,12,2026-01-01T00:01:00Z\n");
    }

    @Test
    void writesAnnotatedCsv() {
        storage.point("market", "quote", "price", START, 1.5, "symbol", "A,B");
        String csv = Queries.csv(
                "from(bucket: \"market\") |> range(start: 2026-01-01, stop: 2026-01-02)",
                Queries.options(storage, 1_000_000, Instant.MAX, () -> false),
                Dialect.ANNOTATED);

        assertThat(csv)
                .isEqualTo("#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,"
                        + "string,string\r\n"
                        + "#group,false,false,true,true,false,false,true,true,true\r\n"
                        + "#default,_result,,,,,,,,\r\n"
                        + ",result,table,_start,_stop,_time,_value,_field,_measurement,symbol\r\n"
                        + ",,0,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z,1.5,price,quote,"
                        + "\"A,B\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = ";;",
            value = {
                "x = (1 + ;; SYNTAX ;; 1:9: unexpected the end of the text, expected an expression",
                "x = \"abc ;; SYNTAX ;; 1:6: the string that starts here has no closing quote",
                "nothing() ;; INVALID ;; 1:1: undefined identifier 'nothing'",
                "import \"slack\" ;; UNSUPPORTED ;; 1:1: package \"slack\" is not supported",
                "from(bucket: \"market\") |> sum() |> yield(nam: \"x\") ;; INVALID ;; 1:41: unknown argument 'nam' of yield",
                "from(bucket: \"market\") ;; INVALID ;; 1:5: cannot submit unbounded read to 'market'; try bounding 'from' with a call to 'range'",
                "from(bucket: \"none\") |> range(start: -1h) ;; NOT_FOUND ;; 1:5: could not find bucket \"none\"",
                "1 + 1.0 ;; INVALID ;; 1:3: cannot apply '+' to int and float",
                "import \"strings\" x = strings.nope(v: 1) ;; UNSUPPORTED ;; 1:29: 'nope' of package \"strings\" is not supported"
            })
    void errorsNameTheSubjectAndThePlace(String query, FluxException.Kind kind, String message) {
        FluxException problem = catchThrowableOfType(FluxException.class, () -> Queries.run(query, storage));

        assertThat(problem).hasMessage(message);
        assertThat(problem.kind()).isEqualTo(kind);
    }

    @Test
    void aQueryEndsAtItsLimits() {
        String big = "import \"generate\" generate.from(count: 100000000, fn: (n) => n, start: 2020-01-01,"
                + " stop: 2021-01-01)";

        assertThat(kindOf(big, 1_000_000, Instant.MAX, false)).isEqualTo(FluxException.Kind.MEMORY);
        assertThat(kindOf(big, Long.MAX_VALUE, Instant.EPOCH, false)).isEqualTo(FluxException.Kind.DEADLINE);
        assertThat(kindOf(big, Long.MAX_VALUE, Instant.MAX, true)).isEqualTo(FluxException.Kind.CANCELLED);
    }

    @Test
    void whatDoublesAgainAndAgainEnds() {
        StringBuilder text = new StringBuilder("x0 = \"12345678\" ");
        StringBuilder list = new StringBuilder("import \"array\" x0 = [1, 2, 3, 4] ");
        for (int i = 1; i <= 40; i++) {
            text.append("x%d = x%d + x%d ".formatted(i, i - 1, i - 1));
            list.append("x%d = array.concat(arr: x%d, v: x%d) ".formatted(i, i - 1, i - 1));
        }

        assertThat(kindOf(text.toString(), Long.MAX_VALUE, Instant.MAX, false)).isEqualTo(FluxException.Kind.MEMORY);
        assertThat(kindOf(list.toString(), 10_000_000, Instant.MAX, false)).isEqualTo(FluxException.Kind.MEMORY);
    }

    private FluxException.Kind kindOf(String query, long memory, Instant deadline, boolean cancelled) {
        return catchThrowableOfType(
                        FluxException.class,
                        () -> Flux.execute(
                                query,
                                Queries.options(storage, memory, deadline, () -> cancelled),
                                (result, table) -> {}))
                .kind();
    }

    @Test
    void deepNestingIsAnErrorNotAnOverflow() {
        assertThatThrownBy(() -> Flux.parse("x = " + "(".repeat(100_000)))
                .isInstanceOf(FluxException.class)
                .hasMessageContaining("levels deep");
        assertThatThrownBy(() -> Flux.parse("x = " + "-".repeat(100_000) + "1")).isInstanceOf(FluxException.class);
        assertThatThrownBy(() -> Flux.parse("x = 1" + " + 1".repeat(100_000)))
                .isInstanceOf(FluxException.class)
                .hasMessageContaining("operators in a row");
        assertThatThrownBy(() -> Queries.run("f = (x) => f(x: x) f(x: 1)", storage))
                .isInstanceOf(FluxException.class)
                .hasMessageContaining("levels deep");
    }

    @Test
    void noTextCrashesTheParser() {
        String seed = "import \"a\" option now = () => 2020-01-01T00:00:00Z x = from(bucket: \"b${1}\") |> range("
                + "start: -1h5m) |> filter(fn: (r) => r.a =~ /x\\/y/ and not exists r[\"b\"] or {r with c: [1.5, .5]}"
                + " == [\"k\": 2]) testcase t { return if a then b else -c ^ 2 }";
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder(seed);
            for (int change = 0; change <= random.nextInt(6); change++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, seed.charAt(random.nextInt(seed.length())));
                    default -> text.setCharAt(at, (char) random.nextInt(0x250));
                }
            }
            try {
                assertThat(Flux.parse(text.toString())).isNotNull();
            } catch (FluxException e) {
                assertThat(e.getMessage()).matches("(?s)\\d+:\\d+: .+");
            }
        }
    }
}
