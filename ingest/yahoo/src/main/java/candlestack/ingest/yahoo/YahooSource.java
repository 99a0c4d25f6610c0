package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.http.Connections;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Yahoo Finance as configured for one instance. */
final class YahooSource implements Source {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(4);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final Duration DIAGNOSE_WITHIN = Duration.ofSeconds(4);

    /** Beyond ten connections it is kinder to poll. */
    private static final int MOST_STREAMED = 10 * Streams.SYMBOLS_A_CONNECTION;

    private final SourceContext context;
    private final YahooConfig config;

    YahooSource(SourceContext context, YahooConfig config) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    public SourceReader open(Optional<Position> position) throws SourceException, InterruptedException {
        List<String> symbols = Symbols.of(config);
        if (config.mode() == Mode.STREAM && symbols.size() > MOST_STREAMED) {
            throw new SourceException(
                    ErrorKind.MISCONFIGURED,
                    "Cannot stream " + symbols.size() + " symbols: at most " + MOST_STREAMED
                            + " are; set mode to auto or poll, or watch fewer");
        }
        Coverage coverage = new Coverage(symbols, position);
        Connections connections = connections();
        Desk desk = desk(connections.client(), symbols, coverage);
        return new YahooReader(connections, new YahooFeed(context, config, symbols, desk));
    }

    @Override
    public List<Diagnosis> diagnose() throws InterruptedException {
        try (Connections connections = connections()) {
            Gate gate = gate(new HttpWire(connections.client(), DIAGNOSE_WITHIN));
            return new YahooDoctor(context, config, connections.client(), gate).diagnose();
        } catch (SourceException e) {
            return List.of(new Diagnosis("connection", Diagnosis.Outcome.FAILED, e.getMessage()));
        }
    }

    private Connections connections() throws SourceException, InterruptedException {
        return Connections.open("yahoo-" + context.instance(), CONNECT_WITHIN);
    }

    private Desk desk(HttpClient client, List<String> symbols, Coverage coverage) {
        Gate gate = gate(new HttpWire(client, ANSWER_WITHIN));
        Browser browser = new Browser(gate, config.userAgent());
        Login login = new Login(browser, config.endpoints());
        YahooSession session = new YahooSession(browser, login, new CredentialCache(context.directory()));
        Sectors sectors = new Sectors(session, config.endpoints(), context.directory());
        Tape tape = new Tape(context.instance(), context.clock());
        return new Desk(
                context,
                Set.copyOf(symbols),
                gate,
                session,
                ticker(client, symbols),
                tape,
                coverage,
                new MissedTime(config, cycle(symbols.size())),
                new Backfill(session, config.endpoints(), tape),
                new Instruments(context.instance(), sectors),
                sectors,
                new UnknownSymbols(context),
                new Outbox());
    }

    private Ticker ticker(HttpClient client, List<String> symbols) {
        Streams streams = new Streams(
                client,
                config.endpoints().streamer(),
                config.userAgent(),
                context.clock(),
                RandomGenerator.getDefault(),
                context::report);
        if (config.mode() != Mode.POLL) {
            streams.watch(symbols.subList(0, Math.min(symbols.size(), MOST_STREAMED)));
        }
        return new Ticker(streams, context.instance());
    }

    private Gate gate(Wire wire) {
        Limits limits = Limits.of(config.endpoints().query2(), context.clock());
        limits.budget().limit(config.requestsPerMinute());
        return new Gate(context, wire, limits, new Backoff(context.directory(), RandomGenerator.getDefault()));
    }

    /** How long it takes to poll all symbols once. */
    private Duration cycle(int symbols) {
        int requests = (symbols + config.batchSize() - 1) / config.batchSize();
        Duration least = Duration.ofMinutes(1).multipliedBy(requests).dividedBy(config.requestsPerMinute());
        return least.compareTo(config.pollInterval()) > 0 ? least : config.pollInterval();
    }
}
