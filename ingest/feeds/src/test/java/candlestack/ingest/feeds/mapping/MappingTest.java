package candlestack.ingest.feeds.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.ingest.api.SeriesPoint;
import candlestack.ingest.api.TimeOrigin;
import candlestack.ingest.sources.time.TimeUnit;
import com.fasterxml.jackson.core.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {
    private static final Instant READ = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void findsPartsByPointersAsTheStandardEscapesThem() throws Exception {
        Mapping mapping = new Mapping(
                Emit.SERIES,
                Place.pointer(""),
                Place.parse("/a~1b/0"),
                new TimePlace.Observed(),
                TimeUnit.AUTO,
                Pairs.parse("x=/m~0n,y=/ /1,z=/none", (name, text) -> Place.pointer(text)),
                Pairs.parse("unit=K,of=@key,on=/on,off=/off", (name, text) -> Place.parse(text)),
                Optional.empty());
        Item item = new Item(
                Json.parse("{\"a/b\":[\"oven\"],\"m~n\":\" 1.50 \",\" \":[0,-2e2],\"on\":true,\"off\":\" \"}"
                        .getBytes(StandardCharsets.UTF_8)),
                READ,
                READ,
                Map.of("key", "k"));

        assertThat(mapping.draft(item).event("1"))
                .isEqualTo(new SeriesPoint(
                        "1",
                        "oven",
                        READ,
                        TimeOrigin.OBSERVED,
                        Map.of("unit", "K", "of", "k", "on", "true"),
                        Map.of("x", 1.5, "y", -200.0)));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, '\"2026-03-02T11:00:00.5+01:00\"', 2026-03-02T10:00:00.500Z",
        "AUTO, 1772445600, 2026-03-02T10:00:00Z",
        "AUTO, 1772445600.25, 2026-03-02T10:00:00.250Z",
        "AUTO, 1.7724456E9, 2026-03-02T10:00:00Z",
        "AUTO, 1772445600123, 2026-03-02T10:00:00.123Z",
        "AUTO, '\"1772445600123\"', 2026-03-02T10:00:00.123Z",
        "SECONDS, 1772445600, 2026-03-02T10:00:00Z",
        "MILLISECONDS, 1772445600123, 2026-03-02T10:00:00.123Z",
        "MICROSECONDS, 1772445600123456, 2026-03-02T10:00:00.123456Z",
        "NANOSECONDS, 1772445600123456789, 2026-03-02T10:00:00.123456789Z",
        "ISO, '\"2026-03-02 10:00:00\"', 2026-03-02T10:00:00Z",
    })
    void readsTimes(TimeUnit unit, String written, Instant expected) throws Exception {
        assertThat(time(unit, written)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ISO, 1772445600, \"the time at /t: '1772445600' is no time in iso\"",
        "SECONDS, '\"2026\"x', it is no JSON",
        "AUTO, 1e999999999, the time at /t: more than 40 digits",
        "AUTO, true, the time at /t: neither a number nor a text",
        "AUTO, null, no time at /t",
    })
    void refusesWhatIsNoTime(TimeUnit unit, String written, String said) {
        assertThatThrownBy(() -> time(unit, written))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(said.replace("\"", ""));
    }

    private static Instant time(TimeUnit unit, String written) throws MappingException {
        return TimePlace.read(
                Json.parse(("{\"t\":" + written + "}").getBytes(StandardCharsets.UTF_8)),
                new TimePlace.Pointer(JsonPointer.compile("/t")),
                unit);
    }

    @Test
    void letsAValueInAListHaveCommas() {
        assertThat(Pairs.parse("Accept=text/html, application/json;q=0.8,X-Key: a=b", (name, text) -> text))
                .isEqualTo(Map.of("Accept", "text/html, application/json;q=0.8", "X-Key", "a=b"));
        assertThat(Pairs.parse("a=1, b=2\n\nc: 3\n", (name, text) -> text)).isEqualTo(Map.of("a", "1, b=2", "c", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a=1,a=2", "=1"})
    void refusesPairsThatAreNone(String text) {
        assertThatThrownBy(() -> Pairs.parse(text, (name, value) -> value))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
