package candlestack.ingest.yahoo;

import static candlestack.ingest.testkit.yahoo.Fault.ERROR_BODY;
import static candlestack.ingest.testkit.yahoo.Fault.HALF_JSON;
import static candlestack.ingest.testkit.yahoo.Fault.HANG_UP;
import static candlestack.ingest.testkit.yahoo.Fault.HTML;
import static candlestack.ingest.testkit.yahoo.Fault.INVALID_COOKIE;
import static candlestack.ingest.testkit.yahoo.Fault.INVALID_CRUMB;
import static candlestack.ingest.testkit.yahoo.Fault.SERVER_ERROR;
import static candlestack.ingest.testkit.yahoo.Fault.SLOW;
import static candlestack.ingest.testkit.yahoo.Fault.TOO_MANY_REQUESTS;
import static candlestack.ingest.testkit.yahoo.Fault.TOO_MANY_REQUESTS_AS_200;
import static candlestack.ingest.testkit.yahoo.Fault.TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.RecordingHost;
import candlestack.ingest.testkit.yahoo.Fault;
import candlestack.ingest.testkit.yahoo.Service;
import candlestack.ingest.testkit.yahoo.YahooStub;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class YahooSessionTest {
    private static final Duration DEADLINE = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    private final FakeClock clock = new FakeClock(Hosts.START);
    private RecordingHost context;
    private YahooStub stub;
    private Endpoints endpoints;
    private Limits limits;

    @BeforeEach
    void start() {
        context = Hosts.of(directory, clock, Map.of("symbols", "AAPL"));
        stub = YahooStub.start(context.clock());
        stub.market().share("AAPL", 200);
        endpoints = Endpoints.at(stub.address());
        limits = new Limits(context.clock());
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void letsItselfInWithCookieAndCrumb() throws Exception {
        assertThat(symbol(ask(session()))).isEqualTo("AAPL");
        assertThat(stub.requests(Service.QUOTE)).singleElement().satisfies(request -> {
            assertThat(request.query()).containsEntry("symbols", "AAPL").containsEntry("crumb", "Crumb.cookie1");
            assertThat(request.cookies()).containsEntry("A3", "cookie1");
            assertThat(request.header("user-agent")).startsWith("Mozilla/5.0");
        });
    }

    @Test
    void keepsItsCredentialsOverARestartForTheOwnerOnly() throws Exception {
        ask(session());
        ask(session());

        assertThat(stub.requests(Service.COOKIE)).hasSize(1);
        assertThat(stub.requests(Service.CRUMB)).hasSize(1);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("credentials.properties"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_CRUMB", "INVALID_COOKIE", "CONSENT_WALL"})
    void renewsRefusedCredentialsTheOtherWay(Fault refusal) throws Exception {
        YahooSession session = session();
        ask(session);
        stub.fail(Service.QUOTE, refusal);

        assertThat(symbol(ask(session))).isEqualTo("AAPL");
        assertThat(stub.requests(Service.QUOTE).get(2).cookies()).containsEntry("A3", "consent2");
    }

    @Test
    void goesThroughTheConsentWhereACookieAloneIsNotEnough() throws Exception {
        stub.wantConsent();

        assertThat(symbol(ask(session()))).isEqualTo("AAPL");
        assertThat(stub.requests(Service.CONSENT))
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly(
                        "GET /consent", "GET /v2/collectConsent", "POST /v2/collectConsent", "GET /copyConsent");
    }

    @Test
    void givesUpWhenBothWaysAreRefused() {
        stub.fail(Service.QUOTE, INVALID_CRUMB, INVALID_COOKIE);

        assertThat(failure()).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHORIZED);
            assertThat(e)
                    .hasMessage("Cannot ask 127.0.0.1/v7/finance/quote: Yahoo refuses new cookies and crumbs, obtained "
                            + "both ways (status 401, Unauthorized, Invalid Cookie); run ./candlestack doctor "
                            + "--source yahoo");
        });
        assertThat(directory.resolve("credentials.properties")).doesNotExist();
        assertThat(gate().hold()).isAfter(clock.instant());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_MANY_REQUESTS", "TOO_MANY_REQUESTS_AS_200"})
    void leavesYahooAloneAfterTooManyRequestsAlsoAfterARestart(Fault refusal) {
        stub.fail(Service.QUOTE, refusal);

        assertThat(failure().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        int asked = stub.requests(Service.QUOTE).size();
        limits = new Limits(context.clock());
        SourceException again = failure();

        assertThat(again).hasMessageStartingWith("Cannot ask Yahoo Finance: it is left alone until 2026-11-20T15:0");
        assertThat(again.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isPositive());
        assertThat(stub.requests(Service.QUOTE)).hasSize(asked);
    }

    @Test
    void waitsAsLongAsYahooAsksFor() throws Exception {
        stub.fail(Service.QUOTE, TOO_MANY_REQUESTS);

        assertThat(failure().retryAfter()).contains(Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(2));
        assertThat(symbol(ask(session()))).isEqualTo("AAPL");
        assertThat(directory.resolve("backoff.properties")).doesNotExist();
    }

    @Test
    void saysTooManyRequestsWhateverTheStatus() {
        stub.fail(Service.QUOTE, TOO_MANY_REQUESTS_AS_200);

        assertThat(failure())
                .hasMessage("Cannot ask 127.0.0.1/v7/finance/quote: too many requests (status 200); lower "
                        + "requests-per-minute, or watch fewer symbols");
    }

    @Test
    void saysWhatAnErrorBodySays() {
        stub.fail(Service.QUOTE, ERROR_BODY);

        assertThat(failure()).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(e)
                    .hasMessage("Cannot ask 127.0.0.1/v7/finance/quote: Yahoo says Internal-Error, No such service");
        });
    }

    @Test
    void saysThatAPageForPeopleIsNoAnswer() {
        stub.fail(Service.QUOTE, HTML);

        assertThat(failure()).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(e)
                    .hasMessage("Cannot understand the answer of 127.0.0.1/v7/finance/quote: status 200, and no JSON "
                            + "but '<!DOCTYPE html><html><body>Will be right back...</body></htm...'");
        });
    }

    @Test
    void doesNotTakeHalfAnAnswer() {
        stub.fail(Service.QUOTE, HALF_JSON);
        assertThat(failure().kind()).isEqualTo(ErrorKind.PROTOCOL);

        clock.advance(Duration.ofMinutes(1));
        stub.fail(Service.QUOTE, TRUNCATED);
        assertThat(failure().kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void doesNotWaitForASlowAnswer() {
        stub.fail(Service.QUOTE, SLOW);
        long start = System.nanoTime();

        assertThat(failure()).hasMessageEndingWith("no whole answer within 0 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void triesAgainAfterAServerErrorAndAHangUp() throws Exception {
        stub.fail(Service.QUOTE, SERVER_ERROR);
        assertThat(failure()).hasMessage("Cannot ask 127.0.0.1/v7/finance/quote: status 503");
        clock.advance(Duration.ofSeconds(3));
        // The JDK's client itself asks again a few times.
        stub.fail(Service.QUOTE, Collections.nCopies(20, HANG_UP).toArray(Fault[]::new));
        assertThat(failure().kind()).isEqualTo(ErrorKind.TRANSIENT);
        stub.recover();
        clock.advance(Duration.ofSeconds(5));

        assertThat(symbol(ask(session()))).isEqualTo("AAPL");
    }

    @Test
    void opensTheCircuitAfterABurstOfErrorsAndLetsOneThroughLater() throws Exception {
        for (int n = 0; n < 8; n++) {
            stub.fail(Service.QUOTE, SERVER_ERROR);
            failure();
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(stub.requests(Service.QUOTE)).hasSizeBetween(5, 8);
        stub.recover();
        clock.advance(Duration.ofMinutes(10));

        assertThat(symbol(ask(session()))).isEqualTo("AAPL");
        assertThat(limits.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void asksNothingWhileTheCircuitIsOpen() {
        limits.breaker().transitionToOpenState();

        assertThat(failure()).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
            assertThat(e.retryAfter()).contains(Duration.ofMinutes(1));
        });
        assertThat(stub.requests(Service.COOKIE)).isEmpty();
    }

    @Test
    void saysThatThereIsNoNetwork() {
        stub.close();

        assertThat(failure()).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
            assertThat(e).hasMessage("Cannot reach 127.0.0.1/: the connection was refused");
        });
    }

    private YahooSession session() {
        Browser browser = new Browser(gate(), context.config().get(YahooOptions.USER_AGENT));
        return new YahooSession(browser, new Login(browser, endpoints), new CredentialCache(directory));
    }

    private Gate gate() {
        HttpWire wire = new HttpWire(HttpClient.newHttpClient(), DEADLINE);
        return new Gate(context, wire, limits, new Backoff(directory, new SplittableRandom(1)));
    }

    private Optional<JsonNode> ask(YahooSession session) throws SourceException, InterruptedException {
        return session.withCrumb(crumb -> endpoints.quotes(List.of("AAPL"), crumb));
    }

    private SourceException failure() {
        return catchThrowableOfType(SourceException.class, () -> ask(session()));
    }

    private static String symbol(Optional<JsonNode> answer) {
        return answer.orElseThrow().at("/quoteResponse/result/0/symbol").asText();
    }
}
