package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.Diagnosis.Outcome;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.yahoo.Credentials.Route;
import candlestack.ingest.yahoo.StreamConnection.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tries each thing that the source needs, in order: cookie, crumb, quote, chart, stream. Says what each gave, and what
 * to do where it gave nothing. Uses up to six requests of the budget, and asks nothing while Yahoo is to be left alone.
 */
final class YahooDoctor {
    private static final Duration STREAM_WITHIN = Duration.ofSeconds(3);

    private final SourceContext context;
    private final YahooConfig config;
    private final HttpClient client;
    private final Browser browser;
    private final Login login;
    private final Gate gate;
    private final List<Diagnosis> found = new ArrayList<>();

    YahooDoctor(SourceContext context, YahooConfig config, HttpClient client, Gate gate) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.browser = new Browser(gate, config.userAgent());
        this.login = new Login(browser, config.endpoints());
    }

    List<Diagnosis> diagnose() throws InterruptedException {
        Optional<String> symbol = symbol();
        if (symbol.isEmpty()) {
            return found;
        }
        if (gate.hold().isAfter(context.clock().instant())) {
            add(
                    "requests",
                    Outcome.WARNING,
                    "Yahoo refused or failed and is left alone until " + gate.hold()
                            + "; nothing else is asked before");
        } else {
            Optional<Credentials> credentials = credentials();
            if (credentials.isPresent()) {
                quote(symbol.get(), credentials.get());
            }
            chart(symbol.get());
        }
        stream(symbol.get());
        return found;
    }

    private Optional<String> symbol() {
        try {
            List<String> symbols = Symbols.of(config);
            add("symbols", Outcome.WELL, symbols.size() + " to watch, the first is " + symbols.get(0));
            return Optional.of(symbols.get(0));
        } catch (SourceException e) {
            add("symbols", Outcome.FAILED, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Credentials> credentials() throws InterruptedException {
        Optional<Credentials> credentials = credentials(Route.COOKIE);
        return credentials.isPresent() || gate.hold().isAfter(context.clock().instant())
                ? credentials
                : credentials(Route.CONSENT);
    }

    private Optional<Credentials> credentials(Route route) throws InterruptedException {
        String by = route == Route.COOKIE ? "" : " by consent";
        Cookies cookies;
        try {
            cookies = login.cookies(route);
            add(
                    "cookie" + by,
                    Outcome.WELL,
                    "Yahoo set " + String.join(", ", cookies.values().keySet()));
        } catch (SourceException e) {
            failed("cookie" + by, e);
            return Optional.empty();
        }
        try {
            String crumb = login.crumb(route, cookies);
            add("crumb" + by, Outcome.WELL, "Yahoo gave one");
            return Optional.of(new Credentials(cookies, crumb, route));
        } catch (SourceException e) {
            failed("crumb" + by, e);
            return Optional.empty();
        }
    }

    private void quote(String symbol, Credentials credentials) throws InterruptedException {
        try {
            Answer answer =
                    browser.get(config.endpoints().quotes(List.of(symbol), credentials.crumb()), credentials.cookies());
            Optional<JsonNode> json = Json.parse(answer.body()).filter(QuoteRequest::isAnswer);
            if (answer.status() != 200 || json.isEmpty()) {
                add(
                        "quote",
                        Outcome.FAILED,
                        "status " + answer.status() + " and no quotes in the answer of " + answer.place()
                                + "; wait an hour, then try from another network");
                return;
            }
            List<Snapshot> prices = new QuoteRequest(List.of(symbol), json.get())
                    .listings().stream()
                            .flatMap(listing -> listing.snapshots().stream())
                            .toList();
            if (prices.isEmpty()) {
                add("quote", Outcome.WARNING, "Yahoo has no price for " + symbol + "; is it spelt as on its site?");
            } else {
                Snapshot last = prices.get(prices.size() - 1);
                add("quote", Outcome.WELL, symbol + " was " + last.price() + " at " + last.time());
            }
        } catch (SourceException e) {
            failed("quote", e);
        }
    }

    private void chart(String symbol) throws InterruptedException {
        Instant now = context.clock().instant();
        try {
            Answer answer = browser.get(
                    config.endpoints().chart(symbol, "1d", now.minus(Duration.ofDays(7)), now), Cookies.NONE);
            Optional<Chart> chart = Json.parse(answer.body()).flatMap(Chart::of);
            if (chart.isPresent()) {
                add("chart", Outcome.WELL, chart.get().bars().size() + " daily bars of " + symbol + " in a week");
            } else {
                add(
                        "chart",
                        Outcome.WARNING,
                        "no chart of " + symbol + " (status " + answer.status() + "); missed time would not be filled");
            }
        } catch (SourceException e) {
            failed("chart", e);
        }
    }

    private void stream(String symbol) throws InterruptedException {
        BlockingQueue<Frame> inbox = new LinkedBlockingQueue<>();
        StreamConnection connection = StreamConnection.open(
                client, config.endpoints().streamer(), config.userAgent(), List.of(symbol), context.clock(), inbox);
        try {
            long deadline = System.nanoTime() + STREAM_WITHIN.toNanos();
            while (!connection.isOpen() && connection.failure().isEmpty() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            if (!connection.isOpen()) {
                add(
                        "stream",
                        Outcome.WARNING,
                        (connection.failure().isEmpty() ? "no answer" : connection.failure())
                                + "; with mode auto, prices are polled instead");
                return;
            }
            connection.subscribe();
            Frame frame = inbox.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            boolean price = frame != null && !frame.text().isEmpty();
            add(
                    "stream",
                    Outcome.WELL,
                    price
                            ? "connected, and a price came"
                            : "connected; no price came, as is usual while the market is closed");
        } finally {
            connection.close();
        }
    }

    private void failed(String subject, SourceException failure) {
        add(subject, Outcome.FAILED, failure.getMessage() + "; " + advice(failure.kind()));
    }

    private static String advice(ErrorKind kind) {
        return switch (kind) {
            case RATE_LIMITED -> "wait until then, and let no other program ask Yahoo from this address";
            case UNAUTHORIZED -> "Yahoo lets this address in only now and then; try later or from another network";
            case PROTOCOL -> "Yahoo may have changed; look for a newer version of Candlestack";
            default -> "check the network, a proxy or a firewall";
        };
    }

    private void add(String subject, Outcome outcome, String detail) {
        found.add(new Diagnosis(subject, outcome, detail));
    }
}
