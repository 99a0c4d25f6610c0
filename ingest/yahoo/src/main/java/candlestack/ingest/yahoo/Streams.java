package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import candlestack.ingest.yahoo.StreamConnection.Frame;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * All connections to the streamer: shares the symbols out, connects again what fails, repeats subscriptions, and hangs
 * up on what has gone silent. One thread, the one that calls it; {@link #close} ends every connection.
 */
final class Streams {
    /** More on one connection are not served, as users of the streamer report. */
    static final int SYMBOLS_A_CONNECTION = 100;

    private static final Duration SUBSCRIBE_EVERY = Duration.ofSeconds(15);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(45);
    private static final int MOST_FRAMES_AT_ONCE = 2000;

    private final HttpClient client;
    private final URI address;
    private final String userAgent;
    private final Clock clock;
    private final RandomGenerator random;
    private final Consumer<String> report;
    private final BlockingQueue<Frame> inbox = new LinkedBlockingQueue<>();
    private final List<Shard> shards = new ArrayList<>();
    private final Map<String, Shard> bySymbol = new HashMap<>();

    Streams(
            HttpClient client,
            URI address,
            String userAgent,
            Clock clock,
            RandomGenerator random,
            Consumer<String> report) {
        this.client = requireNonNull(client, "client is null");
        this.address = requireNonNull(address, "address is null");
        this.userAgent = requireNonNull(userAgent, "userAgent is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
        this.report = requireNonNull(report, "report is null");
    }

    void watch(List<String> symbols) {
        for (int n = 0; n < symbols.size(); n += SYMBOLS_A_CONNECTION) {
            Shard shard = new Shard(symbols.subList(n, Math.min(symbols.size(), n + SYMBOLS_A_CONNECTION)));
            shards.add(shard);
            shard.symbols().forEach(symbol -> bySymbol.put(symbol, shard));
        }
    }

    boolean isEmpty() {
        return shards.isEmpty();
    }

    /** The symbols whose prices come by themselves at the moment. */
    Set<String> live() {
        return shards.stream()
                .filter(Shard::isLive)
                .flatMap(shard -> shard.symbols().stream())
                .collect(Collectors.toSet());
    }

    /** Does whatever is due; call it at least once a second. Does not block. */
    void maintain() {
        Instant now = clock.instant();
        for (Shard shard : shards) {
            shard.connection().ifPresent(connection -> check(shard, connection, now));
            shard.keepAlive(now, SUBSCRIBE_EVERY);
        }
        // One a call: a hundred connections at once would look like an attack.
        shards.stream()
                .filter(shard -> shard.mayConnect(now))
                .findFirst()
                .ifPresent(shard -> shard.connecting(
                        StreamConnection.open(client, address, userAgent, shard.symbols(), clock, inbox)));
    }

    /** Waits for frames, in real time, and takes them. */
    List<String> take(Duration wait) throws InterruptedException {
        List<String> frames = new ArrayList<>();
        Frame frame = inbox.poll(wait.toMillis(), MILLISECONDS);
        while (frame != null) {
            if (!frame.text().isEmpty()) {
                frames.add(frame.text());
                frame.connection().taken();
            }
            frame = frames.size() < MOST_FRAMES_AT_ONCE ? inbox.poll() : null;
        }
        return frames;
    }

    /** A price of the symbol came by its stream. */
    void worked(String symbol) {
        Optional.ofNullable(bySymbol.get(symbol)).ifPresent(Shard::worked);
    }

    /** Hangs up the connections of these symbols, since what they bring is old. */
    void stale(Set<String> symbols) {
        Instant now = clock.instant();
        for (Shard shard : shards) {
            if (shard.isLive() && shard.symbols().stream().anyMatch(symbols::contains)) {
                report.accept("The stream of " + shard.symbols().size()
                        + " symbols is behind the polled prices; connecting again");
                shard.failed(now, random);
            }
        }
    }

    void close() {
        shards.forEach(Shard::close);
        inbox.clear();
    }

    private void check(Shard shard, StreamConnection connection, Instant now) {
        String failure = connection.failure();
        if (failure.isEmpty() && Duration.between(connection.heard(), now).compareTo(SILENT_AFTER) > 0) {
            failure = "nothing came for " + SILENT_AFTER.toSeconds() + " s";
        }
        if (!failure.isEmpty()) {
            if (!shard.hasFailed()) {
                report.accept("Cannot stream from " + address.getHost() + ": " + failure + "; trying again");
            }
            shard.failed(now, random);
        }
    }
}
