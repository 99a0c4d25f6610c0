package candlestack.ingest.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Document;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.api.TimeOrigin;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveUsersTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-03-02T10:00:00Z"));
    private StubApi api;

    @BeforeEach
    void start() throws IOException {
        api = new StubApi(StubApi::page);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void doesNotReadAnAnswerThatNeverEnds() throws Exception {
        api.answerWith(ignored -> StubApi.Answer.of(200, "x".repeat((16 << 20) + 1)));

        SourceException e = catchThrowableOfType(SourceException.class, () -> read(Map.of(), 1));

        assertThat(e).hasMessage("Cannot fetch profiles from " + api.url() + ": the answer is larger than 16 MiB");
        assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL);
    }

    @Test
    void publishesRecordedUsersWithPostcodesThatAreStrings() throws Exception {
        api.answerWith(ignored -> StubApi.Answer.of(200, StubApi.recorded()));

        List<Event> events = read(Map.of("batch", "4", "seed", "abc"), 4).events();

        JsonNode expected = JSON.readTree(StubApi.recorded()
                .replace("27786", "\"27786\"")
                .replace("48420", "\"48420\"")
                .replace("35349", "\"35349\""));
        assertThat(events).hasSize(4);
        for (int i = 0; i < events.size(); i++) {
            Document document = (Document) events.get(i);
            assertThat(JSON.readTree(document.json()))
                    .isEqualTo(expected.path("results").path(i));
            assertThat(document.key())
                    .isEqualTo(expected.at("/results/" + i + "/login/uuid").asText());
            assertThat(document.stream()).isEqualTo(Document.Stream.USERS_PROFILES);
            assertThat(document.origin()).isEqualTo(TimeOrigin.OBSERVED);
            assertThat(document.id()).isEqualTo("users@2026-03-02T10:00:00Z#" + i);
        }
        assertThat(JSON.readTree(((Document) events.get(2)).json())
                        .at("/id/value")
                        .isNull())
                .isTrue();
    }

    @Test
    void asksPageAfterPageWithSeedAndNationalities() throws Exception {
        read(Map.of("batch", "2", "seed", "abc", "nationalities", "us,FR"), 5);

        assertThat(api.queries())
                .containsExactly(
                        "results=2&page=1&seed=abc&nat=US,FR",
                        "results=2&page=2&seed=abc&nat=US,FR",
                        "results=2&page=3&seed=abc&nat=US,FR");
    }

    @Test
    void goesOnInAnotherSequenceWhereTheApiHasNoMorePages() throws Exception {
        Position late = new Position(Map.of("stream", "s", "next", "19999"));
        RecordingHost host = host(Map.of("batch", "2", "seed", "abc"));
        try (SourceReader reader = host.open(new UsersFactory(), Optional.of(late))) {
            List<Event> events = host.read(reader, 2).events();

            assertThat(events).extracting(Event::key).startsWith("abc-10000-1", "abc-1-1-0");
            assertThat(events).extracting(Event::id).startsWith("s#19999", "s#20000");
        }
        assertThat(api.queries()).containsExactly("results=2&page=10000&seed=abc", "results=2&page=1&seed=abc-1");
    }

    @Test
    void asksAtMostOnceASecond() throws Exception {
        Instant start = clock.instant();

        read(Map.of("batch", "1", "rate", "60"), 5);

        assertThat(Duration.between(start, clock.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(api.queries()).hasSize(5);
    }

    @Test
    void waitsAsLongAsARefusalAsks() throws Exception {
        String body = "{\"error\":\"Whoa, ease up there cowboy.\"}";
        api.answerWith(ignored -> new StubApi.Answer(429, body, Map.of("Retry-After", "77")));
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(77));

        api.answerWith(ignored -> StubApi.Answer.of(429, body));
        SourceException e = failure();

        assertThat(e.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(e.retryAfter()).contains(Duration.ofMinutes(5));
        assertThat(e)
                .hasMessage("Cannot fetch profiles from " + api.url() + ": status 429: Whoa, ease up there cowboy.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | oops | TRANSIENT | status 500: oops",
                "403 | no | UNAUTHORIZED | status 403: no",
                "404 | none | PROTOCOL | status 404: none",
                "200 | <html> | PROTOCOL | not JSON: <html>",
                "200 | {\"error\":\"Uh oh\"} | TRANSIENT | Uh oh",
                "200 | {\"results\":[{}],\"info\":{\"page\":1}} | PROTOCOL | asked for results 2 and was answered 1",
                "200 | {\"results\":[{},{}],\"info\":{\"page\":3}} | PROTOCOL | asked for page 1 and was answered 3",
                "200 | {\"results\":[7,7],\"info\":{\"page\":1}} | PROTOCOL | a result is no object: 7",
            })
    void saysWhatIsWrongWithAnAnswer(int status, String body, ErrorKind kind, String cause) throws Exception {
        api.answerWith(ignored -> StubApi.Answer.of(status, body));

        SourceException e = failure();

        assertThat(e).hasMessage("Cannot fetch profiles from " + api.url() + ": " + cause);
        assertThat(e.kind()).isEqualTo(kind);
    }

    @Test
    void noticesThatTheApiDroppedTheFilter() {
        assertThatThrownBy(() -> read(Map.of("nationalities", "FR, DE"), 1))
                .hasMessageEndingWith("asked for nationalities [FR, DE] and was answered 'US'");
    }

    @Test
    void rejectsAUserWithoutAnId() throws Exception {
        String body = "{\"results\":[{\"nat\":\"US\",\"login\":{\"uuid\":null}}],\"info\":{\"page\":1}}";
        api.answerWith(ignored -> StubApi.Answer.of(200, body));
        RecordingHost host = host(Map.of("batch", "1"));
        try (SourceReader reader = host.open(new UsersFactory(), Optional.empty())) {
            Batch batch = host.batches(reader, 1).get(0);

            assertThat(batch.events()).isEmpty();
            assertThat(batch.rejects())
                    .extracting(Reject::reason)
                    .containsExactly("Missing login.uuid: a profile is stored under it");
            assertThat(batch.position().orElseThrow().number("next")).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatTheApiWouldSilentlyChange() {
        assertThat(problem(Map.of("mode", "live", "rate", "61")))
                .isEqualTo(
                        "Invalid rate: '61', expected at most 60 in mode live: the API refuses more than 20,000 users"
                                + " in 300 seconds");
        assertThat(problem(Map.of("batch", "5001")))
                .isEqualTo("Invalid batch: '5001', expected a whole number from 1 to 5000");
        assertThat(problem(Map.of("nationalities", "US, XX")))
                .startsWith("Invalid nationalities: 'US, XX', expected a list such as [US, FR] of AU, BR, CA");
        assertThat(problem(Map.of("seed", "123456789012345678")))
                .isEqualTo("Invalid seed: '123456789012345678', expected 1 to 12 letters, digits or hyphens");
    }

    private static String problem(Map<String, String> options) {
        InvalidConfigException e = catchThrowableOfType(
                InvalidConfigException.class, () -> new UsersFactory().config().bind(options));
        assertThat(e.problems()).hasSize(1);
        return e.problems().get(0).message();
    }

    private SourceException failure() {
        return catchThrowableOfType(SourceException.class, () -> read(Map.of("batch", "2"), 1));
    }

    private Recording read(Map<String, String> options, int count) throws Exception {
        RecordingHost host = host(options);
        try (SourceReader reader = host.open(new UsersFactory(), Optional.empty())) {
            return host.read(reader, count);
        }
    }

    private RecordingHost host(Map<String, String> options) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("mode", "live", "url", api.url(), "rate", "2"));
        all.putAll(options);
        return RecordingHost.of(new UsersFactory(), all, clock, folder);
    }
}
