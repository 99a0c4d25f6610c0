package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.Quote;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.RecordingHost;
import candlestack.ingest.testkit.yahoo.Service;
import candlestack.ingest.testkit.yahoo.YahooStub;
import candlestack.ingest.yahoo.Backfill.Gap;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path directory;

    private final Tape tape = new Tape("yahoo", Clock.systemUTC());
    private YahooStub stub;
    private Backfill backfill;

    @BeforeEach
    void start() {
        FakeClock clock = new FakeClock(Hosts.START);
        RecordingHost context = Hosts.of(directory, clock, Map.of("symbols", "AAPL"));
        stub = YahooStub.start(context.clock());
        stub.market().share("AAPL", 200);
        Gate gate = new Gate(
                context,
                new HttpWire(HttpClient.newHttpClient(), Duration.ofSeconds(5)),
                new Limits(context.clock()),
                new Backoff(directory, new SplittableRandom(1)));
        Browser browser = new Browser(gate, "Mozilla/5.0");
        Endpoints endpoints = Endpoints.at(stub.address());
        YahooSession session = new YahooSession(browser, new Login(browser, endpoints), new CredentialCache(directory));
        backfill = new Backfill(session, endpoints, tape);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void makesFourQuotesOfAMinute() throws Exception {
        minutes("[1795168800]", "[10.0]", "[12]", "[9.5]", "[11]", "[1003]");

        assertThat(fill("10:00", "10:01"))
                .extracting(BackfillTest::line)
                .containsExactly("10:00:00 10.0 250", "10:00:20 9.5 250", "10:00:40 12 250", "10:00:59.999 11 253");
    }

    @Test
    void touchesTheHighFirstInAFallingMinute() throws Exception {
        minutes("[1795168800]", "[11]", "[12]", "[9.5]", "[10]", "[0]");

        assertThat(fill("10:00", "10:01"))
                .extracting(BackfillTest::line)
                .containsExactly("10:00:00 11 -", "10:00:20 12 -", "10:00:40 9.5 -", "10:00:59.999 10 -");
    }

    @Test
    void passesOverMinutesWithNulls() throws Exception {
        minutes("[1795168800,1795168860]", "[null,10]", "[12,12]", "[9,9]", "[11,11]", "[1,null]");

        assertThat(fill("10:00", "10:02"))
                .extracting(quote -> quote.time().toString())
                .first()
                .isEqualTo("2026-11-20T10:01:00Z");
    }

    @Test
    void takesNeitherTheMinuteThatGoesOnNorTheOddLastRow() throws Exception {
        minutes("[1795168800,1795168860,1795168893]", "[1,2,3]", "[1,2,3]", "[1,2,3]", "[1,2,3]", "[0,0,0]");

        assertThat(fill("10:00", "10:01"))
                .hasSize(4)
                .allSatisfy(quote -> assertThat(quote.price()).isEqualTo("1"));
        assertThat(fill("10:00", "10:03"))
                .hasSize(4)
                .allSatisfy(quote -> assertThat(quote.price()).isEqualTo("2"));
    }

    @Test
    void fillsTheSameOnceOnly() throws Exception {
        minutes("[1795168800]", "[10.0]", "[12]", "[9.5]", "[11]", "[1003]");

        assertThat(fill("10:00", "10:01")).hasSize(4);
        assertThat(fill("10:00", "10:01")).isEmpty();
    }

    @Test
    void hasNothingToFillWithoutBarsOrSymbol() throws Exception {
        stub.market().chart("AAPL", "1m", """
                {"chart":{"result":[{"meta":{"currency":"USD"},"indicators":{"quote":[{}]}}],"error":null}}""");

        assertThat(fill("10:00", "10:05")).isEmpty();
        assertThat(backfill.quotes(new Gap("GONE", TEN, TEN.plusSeconds(300)))).isEmpty();
    }

    @Test
    void beginsAfterTheMinuteThatWasMeasuredLast() {
        Gap gap = Gap.of("AAPL", TEN.plusSeconds(10), TEN.plusSeconds(630), Duration.ZERO);

        assertThat(gap).isEqualTo(new Gap("AAPL", TEN.plusSeconds(60), TEN.plusSeconds(600)));
    }

    @Test
    void asksADelayedExchangeForTheTimeItWasAt() {
        Gap gap = Gap.of("AAPL", TEN.plusSeconds(10), TEN.plusSeconds(1800), Duration.ofMinutes(15));

        assertThat(gap).isEqualTo(new Gap("AAPL", TEN.plusSeconds(60 - 900), TEN.plusSeconds(900)));
    }

    @Test
    void takesDaysBeforeTheLastSevenAndMinutesSince() throws Exception {
        Instant from = TEN.minus(Duration.ofDays(10));
        List<Quote> quotes = backfill.quotes(new Gap("AAPL", from, TEN));

        assertThat(stub.requests(Service.CHART))
                .extracting(request -> request.query().get("interval"))
                .containsExactly("1d", "1m");
        assertThat(quotes).extracting(Quote::time).isSorted().doesNotHaveDuplicates();
        assertThat(quotes.get(0).time()).isEqualTo("2026-11-11T00:00:00Z");
        assertThat(quotes.get(quotes.size() - 1).time()).isEqualTo("2026-11-20T09:59:59.999Z");
        long days = quotes.stream()
                .filter(quote -> quote.time().isBefore(TEN.minus(Backfill.MINUTE_BARS)))
                .count();
        assertThat(days).isEqualTo(2 * 4);
    }

    @Test
    void putsADayOfAnEasternExchangeIntoItsOwnDate() throws Exception {
        stub.market().chart("AAPL", "1d", """
                {"chart":{"result":[{"meta":{"currency":"AUD","gmtoffset":39600,"instrumentType":"EQUITY",
                 "currentTradingPeriod":{"regular":{"start":1795129200,"end":1795150800}}},
                 "timestamp":[1794265200],
                 "indicators":{"quote":[{"open":[1],"high":[4],"low":[0.5],"close":[2],"volume":[8]}]}}],"error":null}}""");

        assertThat(
                        backfill
                                .quotes(new Gap("AAPL", TEN.minus(Duration.ofDays(12)), TEN.minus(Duration.ofDays(1))))
                                .stream()
                                .filter(quote -> quote.size().isPresent()
                                        && quote.size().get().longValue() == 2)
                                .map(quote -> quote.time().toString()))
                .containsExactly(
                        "2026-11-10T00:00:00Z",
                        "2026-11-10T01:40:00Z",
                        "2026-11-10T03:20:00Z",
                        "2026-11-10T04:59:59.999Z");
    }

    private List<Quote> fill(String from, String to) throws Exception {
        return backfill.quotes(new Gap("AAPL", at(from), at(to)));
    }

    private void minutes(String times, String open, String high, String low, String close, String volume) {
        stub.market().chart("AAPL", "1m", """
                {"chart":{"result":[{"meta":{"currency":"USD","instrumentType":"EQUITY"},"timestamp":%s,
                 "indicators":{"quote":[{"open":%s,"high":%s,"low":%s,"close":%s,"volume":%s}]}}],"error":null}}""".formatted(times, open, high, low, close, volume));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-20T" + time + ":00Z");
    }

    private static String line(Quote quote) {
        String time = quote.time().toString().replaceAll(".*T|Z", "");
        String size = quote.size().map(Object::toString).orElse("-");
        return time + " " + quote.price().toPlainString() + " " + size;
    }
}
