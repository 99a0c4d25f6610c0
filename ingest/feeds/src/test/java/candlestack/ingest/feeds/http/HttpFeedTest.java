package candlestack.ingest.feeds.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SeriesPoint;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.api.TimeOrigin;
import candlestack.ingest.feeds.http.StubServer.Manner;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class HttpFeedTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final String TRADES = """
            {"data": {"trades": [
              {"at": 1772445601500, "px": "97.50", "qty": 2, "pair": "BTC-USD"},
              {"at": 1772445600250, "px": 97.25, "qty": 1.5, "pair": "BTC-USD"}]}}""";

    @TempDir
    Path folder;

    private final StubServer server = new StubServer();
    private final FakeClock clock = new FakeClock(NOW);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesTheQuotesOfAListInOrderOfTime() throws Exception {
        server.says(TRADES);

        List<Quote> quotes = read(trades(), Optional.empty(), 2).quotes();

        assertThat(quotes)
                .containsExactly(
                        Quote.of(
                                        quotes.get(0).id(),
                                        "BTC-USD",
                                        Instant.parse("2026-03-02T10:00:00.250Z"),
                                        decimal("97.25"))
                                .size(decimal("1.5"))
                                .currency("USD")
                                .build(),
                        Quote.of(
                                        quotes.get(1).id(),
                                        "BTC-USD",
                                        Instant.parse("2026-03-02T10:00:01.500Z"),
                                        decimal("97.50"))
                                .size(decimal("2"))
                                .currency("USD")
                                .build());
        assertThat(quotes).extracting(Quote::id).allMatch(id -> id.matches("http/[0-9a-f]{32}"));
    }

    @Test
    void givesTheSameIdsWhenTheSameIsReadAgainAndOthersWhenItWasCorrected() throws Exception {
        server.says(TRADES).says(TRADES).says(TRADES.replace("97.25", "97.26"));

        List<String> first = read(trades(), Optional.empty(), 2).ids();
        List<String> again = read(trades(), Optional.empty(), 2).ids();
        List<String> corrected = read(trades(), Optional.empty(), 2).ids();

        assertThat(again).isEqualTo(first);
        assertThat(corrected.get(0)).isNotEqualTo(first.get(0));
        assertThat(corrected.get(1)).isEqualTo(first.get(1));
    }

    @Test
    void sendsWhatIsUnchangedOnlyOnceAlsoAfterARestart() throws Exception {
        String more = TRADES.replace(
                "[\n", "[{\"at\": \"2026-03-02T10:00:02Z\", \"px\": 98, \"qty\": 1, \"pair\": \"BTC-USD\"},\n");
        server.says(TRADES).says(TRADES).says(more);
        Recording first = read(trades(), Optional.empty(), 3);

        assertThat(first.quotes())
                .extracting(Quote::price)
                .containsExactly(decimal("97.25"), decimal("97.50"), decimal("98"));

        server.says(more).says(more.replace("98,", "99,").replace("10:00:02Z", "10:00:03Z"));
        Recording second = read(trades(), first.position(), 1);

        assertThat(second.quotes()).extracting(Quote::price).containsExactly(decimal("99"));
    }

    @Test
    void anItemIsTheSameWithANewKeyInTheQuery() throws Exception {
        Map<String, String> before = new HashMap<>(trades());
        before.put("query", "key=s3cret");
        Map<String, String> after = new HashMap<>(trades());
        after.put("query", "key=an0ther");
        String more = TRADES.replace(
                "[\n", "[{\"at\": \"2026-03-02T10:00:02Z\", \"px\": 98, \"qty\": 1, \"pair\": \"BTC-USD\"},\n");
        server.says(TRADES).says(TRADES).says(more);

        Recording first = read(before, Optional.empty(), 2);

        assertThat(read(after, Optional.empty(), 2).ids()).isEqualTo(first.ids());
        assertThat(read(after, first.position(), 1).quotes())
                .extracting(Quote::price)
                .containsExactly(decimal("98"));
    }

    @Test
    void sendsAnObservedValueAgainOnlyWhenItHasChangedUnlessAsked() throws Exception {
        server.says("{\"c\": 5}").says("{\"c\": 5}").says("{\"c\": 6}").says("{\"c\": 5}");
        Map<String, String> options = Map.of("time", "observed", "values", "c=/c", "interval", "10s", "series", "t");

        List<Event> events = read(options, Optional.empty(), 3).events();

        assertThat(events)
                .extracting(event -> ((SeriesPoint) event).fields().get("c"))
                .containsExactly(5.0, 6.0, 5.0);
        assertThat(events).extracting(Event::time).containsExactly(NOW, NOW.plusSeconds(20), NOW.plusSeconds(30));
        assertThat(events).extracting(Event::origin).containsOnly(TimeOrigin.OBSERVED);

        Map<String, String> all = new HashMap<>(options);
        all.put("unchanged", "send");
        assertThat(read(all, Optional.empty(), 2).events())
                .extracting(event -> ((SeriesPoint) event).fields().get("c"))
                .containsExactly(5.0, 5.0);
    }

    @Test
    void knowsAnItemByItsOwnIdWhateverElseItSays() throws Exception {
        server.says("[{\"id\": 7, \"t\": 1772445600, \"v\": 1}]").says("""
                [{"id": 8, "t": 1772445600, "v": 1}, {"id": 7, "t": 1772445609, "v": 2}]""");

        List<Event> events = read(Map.of("time", "/t", "values", "v=/v", "id", "/id"), Optional.empty(), 2)
                .events();

        assertThat(events).hasSize(2).extracting(Event::time).containsOnly(NOW);
        assertThat(events.get(0).id()).isNotEqualTo(events.get(1).id());
    }

    @Test
    void asksOnlyForWhatHasChanged() throws Exception {
        server.says(200, Map.of("ETag", "\"a1\"", "Last-Modified", "Mon, 02 Mar 2026 09:00:00 GMT"), "{\"c\": 1}")
                .says(304, Map.of(), "")
                .says(200, Map.of("ETag", "\"a2\""), "{\"c\": 2}")
                .says(304, Map.of(), "");
        try (SourceReader reader = open(Map.of("time", "observed", "values", "c=/c", "interval", "1s"))) {
            while (server.requests().size() < 4) {
                reader.poll(WAIT);
            }
        }

        assertThat(server.requests())
                .extracting(request -> request.header("If-None-Match"))
                .startsWith("null", "\"a1\"", "\"a1\"", "\"a2\"");
        assertThat(server.requests())
                .extracting(request -> request.header("If-Modified-Since"))
                .startsWith("null", "Mon, 02 Mar 2026 09:00:00 GMT", "Mon, 02 Mar 2026 09:00:00 GMT", "null");
    }

    @Test
    void saysWhichPointerAnItemFailsAtAndSaysItOnce() throws Exception {
        String answer = """
                [{"t": "2026-03-02T10:00:00Z", "v": 1, "name": "a"},
                 {"t": "2026-03-02T10:00:01Z", "v": "abc", "name": "b"},
                 {"t": "2026-03-02T10:00:02Z", "v": null, "name": "c"},
                 {"t": "yesterday", "v": 1, "name": "d"},
                 {"v": 1, "name": "e"},
                 {"t": "2026-03-02T10:00:03Z", "v": 1, "name": ["f"]},
                 {"t": "2026-03-02T10:00:04Z", "v": true, "name": "g"},
                 {"t": "2026-03-02T10:00:05Z", "v": 1e999, "name": "h"},
                 17]""";
        server.says(answer).says(answer.replace("17]", "18]"));
        Map<String, String> options =
                Map.of("time", "/t", "values", "v=/v", "tags", "name=/name", "series", "s", "interval", "1s");

        Recording recording = read(options, Optional.empty(), 10);

        assertThat(recording.events()).hasSize(1);
        String place = "Cannot read an item of " + server.url("/") + ": ";
        assertThat(recording.rejects())
                .extracting(Reject::reason)
                .containsExactly(
                        place + "'abc' at /v is no number",
                        place + "no number at any of [/v]",
                        place + "the time at /t: 'yesterday' is no time in ISO-8601 or since 1970",
                        place + "no time at /t",
                        place + "the value at /name is a list, expected a text",
                        place + "the value at /v is true, expected a number",
                        place + "the number at /v is too large",
                        place + "no time at /t",
                        place + "no time at /t");
        assertThat(new String(recording.rejects().get(7).raw(), StandardCharsets.UTF_8))
                .isEqualTo("17");
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, 'status 401, not let in; see headers and query of this source'",
        "403, UNAUTHORIZED, 'status 403, not let in; see headers and query of this source'",
        "404, PROTOCOL, 'status 404; see its url'",
        "408, TRANSIENT, status 408",
        "500, TRANSIENT, status 500",
        "503, TRANSIENT, status 503",
    })
    void tellsErrorsApart(int status, ErrorKind kind, String said) throws Exception {
        server.says(status, Map.of(), "{}");

        SourceException e = failure(Map.of("query", "key=s3cret"));

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessage("Cannot poll " + server.url("/") + ": " + said);
        assertThat(server.requests().get(0).target()).isEqualTo("/?key=s3cret");
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "503, 120, 120", "429, soon, 0", "429, 999999999, 86400"})
    void waitsAsLongAsItIsAskedTo(int status, String retryAfter, long seconds) throws Exception {
        server.says(status, Map.of("Retry-After", retryAfter), "");

        SourceException e = failure(Map.of());

        assertThat(e.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(e)
                .hasMessage(
                        "Cannot poll " + server.url("/") + ": status " + status + ", asked too often; raise interval");
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void waitsUntilADateByTheClockOfTheServer() throws Exception {
        // The stub's answer has the date of now; how long it takes to say it is the difference.
        String later = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(3));
        server.says(429, Map.of("Retry-After", later), "");

        assertThat(failure(Map.of()).retryAfter().orElseThrow())
                .isBetween(Duration.ofHours(3).minusMinutes(2), Duration.ofHours(3));
    }

    @Test
    void refusesAnswersThatAreNotWhatIsConfigured() throws Exception {
        server.says("<html>")
                .says("{\"data\": []}")
                .says("{} {}")
                .says(Manner.PLAIN, "")
                .says("{\"data\": 1}");

        String said = "Cannot understand the answer of " + server.url("/") + ": ";
        assertThat(failure(Map.of()))
                .hasMessageStartingWith(said + "it is no JSON: Unexpected character ('<' (code 60))")
                .hasMessageEndingWith("(line 1, column 1)");
        assertThat(failure(Map.of("items", "/items"))).hasMessage(said + "no list and no object at /items (items)");
        assertThat(failure(Map.of())).hasMessageContaining("it is no JSON: Trailing token");
        assertThat(failure(Map.of())).hasMessage(said + "it is empty");
        assertThat(failure(Map.of("items", "/data")).kind()).isEqualTo(ErrorKind.PROTOCOL);
    }

    @Test
    void unpacksAndBoundsAnswers() throws Exception {
        server.says(Manner.GZIP, "{\"v\": 4}");
        assertThat(read(Map.of(), Optional.empty(), 1).events()).hasSize(1);
        assertThat(server.requests().get(0).header("Accept-Encoding")).isEqualTo("gzip");

        String large = "\"" + "x".repeat(1 << 20) + "\"";
        server.says(Manner.GZIP, large).says(large).says(200, Map.of("Content-Encoding", "br"), "?");
        read(Map.of("unchanged", "send"), Optional.empty(), 1);
        String said = "the answer is larger than 1 MiB; raise most-mebibytes, or ask for less";
        for (int answer = 0; answer < 2; answer++) {
            SourceException e = failure(Map.of("most-mebibytes", "1"));
            assertThat(e).hasMessageContaining(server.url("/") + ": ").hasMessageEndingWith(said);
            assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL);
        }
        assertThat(failure(Map.of())).hasMessageEndingWith("it is packed as 'br', which was not asked for");
    }

    @Test
    void waitsForAnAnswerNoLongerThanConfigured() throws Exception {
        server.says(Manner.NEVER_ENDS, "{").says(Manner.CUT_OFF, "{");

        SourceException slow = failure(Map.of("timeout", "300ms"));
        SourceException cut = failure(Map.of());

        assertThat(slow).hasMessage("Cannot poll " + server.url("/") + ": no whole answer within 300 ms");
        assertThat(slow.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(cut.kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void isTriedAgainWhenNobodyAnswers() throws Exception {
        server.close();

        SourceException e = failure(Map.of());

        assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(e).hasMessage("Cannot poll " + server.url("/") + ": the connection was refused");
    }

    @Test
    void followsRedirectsWithoutGivingAwayItsHeaders() throws Exception {
        try (StubServer other = new StubServer()) {
            server.says(302, Map.of("Location", "/moved"), "").says(307, Map.of("Location", other.url("/there")), "");
            other.says("{\"v\": 4}");

            assertThat(read(Map.of("headers", "X-Key=s3cret"), Optional.empty(), 1)
                            .events())
                    .hasSize(1);

            assertThat(server.requests())
                    .extracting(request -> request.target() + " " + request.header("X-Key"))
                    .containsExactly("/ s3cret", "/moved s3cret");
            assertThat(other.requests())
                    .extracting(request -> request.target() + " " + request.header("X-Key"))
                    .containsExactly("/there null");
        }
    }

    @Test
    void followsNoMoreThanFiveRedirects() throws Exception {
        server.says(302, Map.of("Location", "/round"), "");

        assertThat(failure(Map.of())).hasMessage("Cannot poll " + server.url("/") + ": more than 5 redirects");
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void followsNoRedirectToWhatIsNoAddress() throws Exception {
        server.says(302, Map.of("Location", "file:///etc/passwd"), "").says(302, Map.of(), "");

        assertThat(failure(Map.of()))
                .hasMessage("Cannot poll " + server.url("/")
                        + ": it redirects to file:///etc/passwd, which is not followed");
        assertThat(failure(Map.of()))
                .hasMessage("Cannot poll " + server.url("/") + ": status 302 with no address to go on to");
    }

    @Test
    void refusesOptionsThatCannotWork() {
        assertThat(problems(Map.of("url", "ftp://x/", "time", "/t", "values", "v=/v")))
                .containsExactly("Invalid url: 'ftp://x/', expected an address such as https://example.org/data.json");
        assertThat(problems(Map.of("url", "http://x/", "time", "/t", "values", "v=v")))
                .containsExactly("Invalid values: 'v=v', expected a list such as [celsius=/main/temp]");
        assertThat(problems(Map.of("url", "http://x/", "time", "/~2", "values", "v=/v")))
                .containsExactly("Invalid time: '/~2', expected a JSON pointer such as /time, or observed");
        assertThat(problems(Map.of("url", "http://x/", "time", "/t", "values", "v=/v", "headers", "Host=secret")))
                .containsExactly(
                        "Invalid headers: its value (a secret), expected a list such as [X-Key=abc] of headers "
                                + "that a client may set");
        assertThat(problems(Map.of(
                        "url", "http://x/", "time", "/t", "values", "v=/v", "emit", "quotes", "tags", "x=/x,y=@key")))
                .containsExactly(
                        "Missing option 'symbol': expected, with emit: quotes, a text or a JSON pointer",
                        "Invalid values: [v], expected of quotes price, and size, bid, ask if known",
                        "Invalid tags: [x, y], expected of quotes nothing but currency and exchange",
                        "Unknown @key: expected no @, which an answer over HTTP has nothing for");
    }

    @Test
    void saysWhetherItWouldWork() throws Exception {
        server.says(TRADES).says("{\"data\": {\"trades\": []}}").says(500, Map.of(), "");

        assertThat(diagnosed())
                .containsExactly(
                        new Diagnosis("answer", Diagnosis.Outcome.WELL, "JSON"),
                        new Diagnosis("items", Diagnosis.Outcome.WELL, "2"),
                        new Diagnosis(
                                "first item",
                                Diagnosis.Outcome.WELL,
                                "BTC-USD {currency=USD} at 2026-03-02T10:00:01.500Z: {price=97.50, size=2}"));
        assertThat(diagnosed()).contains(new Diagnosis("items", Diagnosis.Outcome.WARNING, "0"));
        assertThat(diagnosed())
                .containsExactly(new Diagnosis(
                        "answer", Diagnosis.Outcome.FAILED, "Cannot poll " + server.url("/") + ": status 500"));
    }

    private List<Diagnosis> diagnosed() throws Exception {
        HttpFactory factory = new HttpFactory();
        return factory.create(host(trades())).diagnose();
    }

    private static Map<String, String> trades() {
        return Map.of(
                "emit", "quotes",
                "items", "/data/trades",
                "time", "/at",
                "symbol", "/pair",
                "values", "price=/px,size=/qty",
                "tags", "currency=USD",
                "interval", "1s");
    }

    private Recording read(Map<String, String> options, Optional<Position> position, int count) throws Exception {
        RecordingHost host = host(options);
        try (SourceReader reader = host.open(new HttpFactory(), position)) {
            return host.read(reader, count);
        }
    }

    private SourceException failure(Map<String, String> options) throws Exception {
        try (SourceReader reader = open(options)) {
            return catchThrowableOfType(SourceException.class, () -> {
                while (true) {
                    reader.poll(WAIT);
                }
            });
        }
    }

    private SourceReader open(Map<String, String> options) throws Exception {
        return host(options).open(new HttpFactory(), Optional.empty());
    }

    private RecordingHost host(Map<String, String> options) throws Exception {
        Map<String, String> all =
                new HashMap<>(Map.of("url", server.url("/"), "time", "observed", "values", "v=/v", "interval", "1s"));
        all.putAll(options);
        return RecordingHost.of(new HttpFactory(), all, clock, folder);
    }

    private static List<String> problems(Map<String, String> options) {
        InvalidConfigException e = catchThrowableOfType(
                InvalidConfigException.class, () -> new HttpFactory().config().bind(options));
        return e.getMessage().lines().toList();
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
