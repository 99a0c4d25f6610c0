package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a feed works with, and how a price goes from where it came from to the host. One thread. */
record Desk(
        SourceContext context,
        Set<String> symbols,
        Gate gate,
        YahooSession session,
        Ticker ticker,
        Tape tape,
        Coverage coverage,
        MissedTime missed,
        Backfill backfill,
        Instruments instruments,
        Sectors sectors,
        UnknownSymbols unknown,
        Outbox outbox) {
    Desk {
        requireNonNull(context, "context is null");
        symbols = Set.copyOf(symbols);
        requireNonNull(gate, "gate is null");
        requireNonNull(session, "session is null");
        requireNonNull(ticker, "ticker is null");
        requireNonNull(tape, "tape is null");
        requireNonNull(coverage, "coverage is null");
        requireNonNull(missed, "missed is null");
        requireNonNull(backfill, "backfill is null");
        requireNonNull(instruments, "instruments is null");
        requireNonNull(sectors, "sectors is null");
        requireNonNull(unknown, "unknown is null");
        requireNonNull(outbox, "outbox is null");
    }

    /** Waits for streamed prices, in real time. */
    void takeTicks(Duration wait) throws InterruptedException {
        if (ticker.isUsed()) {
            ticker.take(wait, this::tick, outbox::add);
        }
    }

    /** A polled symbol with a price. */
    void listed(Listing listing, Instant now) {
        instruments.listed(listing, now).ifPresent(outbox::add);
        measured(listing.symbol(), now);
        listing.snapshots().forEach(this::arrived);
    }

    /** The symbol has a stream at the moment: whatever happens is seen. */
    void streamed(String symbol) {
        if (coverage.measuredUntil(symbol).isPresent() && missed.isEmpty()) {
            measured(symbol, context.clock().instant());
        }
    }

    void publish(Snapshot snapshot) {
        tape.quote(instruments.completed(snapshot)).ifPresent(outbox::add);
    }

    void learnSector() throws SourceException, InterruptedException {
        sectors.learn()
                .flatMap(
                        symbol -> instruments.withSector(symbol, context.clock().instant()))
                .ifPresent(outbox::add);
    }

    void giveUpGaps() {
        int gaps = missed.size();
        if (gaps > 0) {
            List<Snapshot> held = missed.giveUp();
            held.forEach(this::publish);
            context.report("The missed time of " + gaps + " symbols stays empty: Yahoo gives no charts at the moment");
        }
    }

    void reportSkippedGaps() {
        int skipped = missed.takeSkipped();
        if (skipped > 0) {
            context.report("The missed time of " + skipped
                    + " symbols stays empty: each would take a request; raise requests-per-minute to have more filled");
        }
    }

    private void tick(Snapshot snapshot) {
        if (symbols.contains(snapshot.symbol())) {
            measured(snapshot.symbol(), context.clock().instant());
            arrived(snapshot);
        }
    }

    private void measured(String symbol, Instant now) {
        missed.check(symbol, coverage.measuredUntil(symbol), now, instruments.delay(symbol));
        coverage.measured(symbol, now);
    }

    private void arrived(Snapshot snapshot) {
        if (!missed.holds(snapshot)) {
            publish(snapshot);
        }
    }
}
