package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.yahoo.Backfill.Gap;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does one thing after another: takes what was streamed, polls what is due, fills a gap, learns a sector. One thread,
 * the reader's own; each step makes one request at most and may wait for it.
 */
final class YahooFeed {
    /** How often a streamed symbol is polled all the same, to see that its stream is not behind. */
    private static final Duration COMPARE_EVERY = Duration.ofMinutes(5);

    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);
    private static final Duration LONGEST_IDLE_STREAMING = Duration.ofMillis(250);

    /** How long streams may all be down before they are no help. */
    private static final Duration STREAMLESS = Duration.ofSeconds(30);

    /** A closed market is asked for less often. */
    private static final int CLOSED_FACTOR = 4;

    private final SourceContext context;
    private final YahooConfig config;
    private final Desk desk;
    private final PollSchedule schedule;
    private Instant quietUntil = Instant.MIN;
    private Instant lastStreamed;
    private boolean polledLast;

    /** What was said already: without a network it would be said again with each request. */
    private final Set<ErrorKind> troubles = EnumSet.noneOf(ErrorKind.class);

    private String streaming = streaming(0);

    YahooFeed(SourceContext context, YahooConfig config, List<String> symbols, Desk desk) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
        this.desk = requireNonNull(desk, "desk is null");
        this.schedule = new PollSchedule(symbols);
        this.lastStreamed = context.clock().instant();
    }

    Batch step() throws SourceException, InterruptedException {
        if (desk.outbox().isEmpty()) {
            maintainStreams();
            desk.takeTicks(Duration.ZERO);
        }
        if (desk.outbox().isEmpty()) {
            try {
                work();
            } catch (SourceException e) {
                bear(e);
            }
        }
        Optional<Position> position = desk.missed().isEmpty() ? desk.coverage().advance() : Optional.empty();
        return desk.outbox().take(position);
    }

    void close() {
        desk.ticker().close();
    }

    private void maintainStreams() {
        Instant now = now();
        Set<String> ended = desk.ticker().maintain(now);
        if (config.mode() == Mode.AUTO) {
            ended.forEach(symbol -> schedule.hasten(symbol, now));
        }
        if (!desk.ticker().live().isEmpty()) {
            lastStreamed = now;
        }
        desk.ticker().live().forEach(desk::streamed);
        String state = streaming(desk.ticker().live().size());
        if (desk.ticker().isUsed() && !state.equals(streaming)) {
            streaming = state;
            context.report(config.mode() == Mode.AUTO ? state + ", all others polled" : state);
        }
    }

    private static String streaming(int symbols) {
        return symbols + " symbols are streamed";
    }

    private void work() throws SourceException, InterruptedException {
        Instant now = now();
        boolean quiet = quietUntil.isAfter(now);
        if (quiet && (streamsHelp(now) || !quietUntil.isAfter(now.plus(LONGEST_IDLE)))) {
            idle(Duration.between(now, quietUntil));
            return;
        }
        List<String> due = schedule.due(now, config.batchSize());
        boolean poll = !due.isEmpty() && (!polledLast || desk.missed().isEmpty());
        boolean nothing =
                due.isEmpty() && desk.missed().isEmpty() && !desk.sectors().anyWanted();
        Duration turn = desk.gate().turn();
        if (nothing) {
            idle(schedule.wait(now, LONGEST_IDLE));
        } else if (desk.ticker().isUsed() && !turn.isZero()) {
            idle(turn);
        } else if (poll) {
            polledLast = true;
            poll(due);
        } else if (!desk.missed().isEmpty()) {
            polledLast = false;
            fill(desk.missed().next().orElseThrow());
        } else {
            desk.learnSector();
        }
    }

    /** Under a test's clock a pause takes no time; waiting for the stream always does. */
    private void idle(Duration wait) throws InterruptedException {
        if (desk.ticker().isUsed()) {
            desk.takeTicks(wait.compareTo(LONGEST_IDLE_STREAMING) < 0 ? wait : LONGEST_IDLE_STREAMING);
        } else {
            context.pause(wait);
        }
    }

    private void poll(List<String> due) throws SourceException, InterruptedException {
        Optional<JsonNode> answer =
                desk.session().withCrumb(crumb -> config.endpoints().quotes(due, crumb));
        Instant now = now();
        if (!troubles.isEmpty()) {
            troubles.clear();
            context.report("Yahoo answers again");
        }
        if (answer.isEmpty()) {
            due.forEach(symbol -> unchanged(symbol, now));
            return;
        }
        if (!QuoteRequest.isAnswer(answer.get())) {
            throw desk.gate().misunderstood("Cannot understand Yahoo's quotes: the answer has no quoteResponse.result");
        }
        Set<String> asked = Set.copyOf(due);
        List<Listing> listings = new QuoteRequest(due, answer.get())
                .listings().stream()
                        .filter(listing -> asked.contains(listing.symbol()))
                        .toList();
        due.forEach(symbol -> schedule.next(symbol, now.plus(interval(symbol))));
        Set<String> unknown = desk.unknown().answered(due, priced(listings));
        unknown.forEach(symbol -> {
            schedule.next(symbol, now.plus(DAILY));
            desk.coverage().ignore(symbol);
        });
        desk.ticker().compare(listings, now);
        listings.forEach(listing -> listed(listing, now));
        desk.reportSkippedGaps();
    }

    private void listed(Listing listing, Instant now) {
        if (listing.closed() && !desk.ticker().live().contains(listing.symbol())) {
            schedule.next(listing.symbol(), now.plus(interval(listing.symbol()).multipliedBy(CLOSED_FACTOR)));
        }
        if (!listing.snapshots().isEmpty()) {
            desk.listed(listing, now);
        }
    }

    private void unchanged(String symbol, Instant now) {
        schedule.next(symbol, now.plus(interval(symbol)));
        desk.coverage().measured(symbol, now);
    }

    private Duration interval(String symbol) {
        if (config.mode() == Mode.POLL || !desk.ticker().live().contains(symbol)) {
            return config.mode() == Mode.STREAM ? COMPARE_EVERY : config.pollInterval();
        }
        return config.mode() == Mode.STREAM ? DAILY : longer(COMPARE_EVERY, config.pollInterval());
    }

    private void fill(Gap gap) throws SourceException, InterruptedException {
        desk.outbox().addAll(desk.backfill().quotes(gap));
        desk.missed().filled(gap).forEach(desk::publish);
    }

    /**
     * Goes on after a failure if that is soon, or if prices come by the streams; otherwise it is the host's to decide.
     * What is held back for a chart that does not come is let go.
     */
    private void bear(SourceException failure) throws SourceException {
        Instant now = now();
        Instant hold = desk.gate().hold();
        boolean soon = failure.kind() != ErrorKind.UNAUTHORIZED
                && failure.kind() != ErrorKind.RATE_LIMITED
                && !hold.isAfter(now.plus(LONGEST_IDLE));
        if (!soon) {
            desk.giveUpGaps();
        }
        if (!soon && !streamsHelp(now)) {
            throw failure;
        }
        if (troubles.add(failure.kind())) {
            context.report(failure.getMessage());
        }
        Instant least = now.plus(failure.retryAfter().orElse(Duration.ofSeconds(1)));
        quietUntil = hold.isAfter(least) ? hold : least;
    }

    /** Whether prices come by a stream, or may yet. */
    private boolean streamsHelp(Instant now) {
        return desk.ticker().isUsed() && lastStreamed.plus(STREAMLESS).isAfter(now);
    }

    private static Set<String> priced(List<Listing> listings) {
        return listings.stream()
                .filter(listing -> !listing.snapshots().isEmpty())
                .map(Listing::symbol)
                .collect(Collectors.toSet());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private Instant now() {
        return context.clock().instant();
    }
}
