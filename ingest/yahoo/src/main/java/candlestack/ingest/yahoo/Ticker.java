package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Reject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What the streams bring, and whether that can be relied on. One thread. */
final class Ticker {
    /** How far a stream may be behind the polled price. */
    private static final Duration MOST_BEHIND = Duration.ofMinutes(1);

    private final Streams streams;
    private final String instance;
    private final Map<String, Instant> lastTicks = new HashMap<>();
    private final Map<String, Instant> liveSince = new HashMap<>();
    private Set<String> live = Set.of();

    Ticker(Streams streams, String instance) {
        this.streams = requireNonNull(streams, "streams is null");
        this.instance = requireNonNull(instance, "instance is null");
    }

    boolean isUsed() {
        return !streams.isEmpty();
    }

    Set<String> live() {
        return live;
    }

    /** Connects and subscribes where that is due; gives the symbols whose stream has just ended. */
    Set<String> maintain(Instant now) {
        streams.maintain();
        Set<String> before = live;
        live = streams.live();
        Set<String> ended = new HashSet<>(before);
        ended.removeAll(live);
        ended.forEach(liveSince::remove);
        live.forEach(symbol -> liveSince.putIfAbsent(symbol, now));
        return ended;
    }

    /** Waits for prices, in real time. */
    void take(Duration wait, Consumer<Snapshot> prices, Consumer<Reject> rejects) throws InterruptedException {
        for (String frame : streams.take(wait)) {
            try {
                PricingFrame.read(frame).ifPresent(price -> {
                    lastTicks.put(price.symbol(), price.time());
                    streams.worked(price.symbol());
                    prices.accept(price);
                });
            } catch (IllegalArgumentException e) {
                String reason = "Cannot read a frame of Yahoo's streamer: " + e.getMessage();
                rejects.accept(Reject.of(instance + "/stream/" + digest(frame), reason, frame));
            }
        }
    }

    /** Compares with what was polled: where most streams should have brought a price and did not, hangs up. */
    void compare(List<Listing> polled, Instant now) {
        Set<String> behind = new TreeSet<>();
        int compared = 0;
        for (Listing listing : polled) {
            Instant since = liveSince.get(listing.symbol());
            boolean settled = since != null && since.plus(MOST_BEHIND).isBefore(now);
            if (settled && !listing.snapshots().isEmpty()) {
                compared++;
                Instant newest =
                        listing.snapshots().get(listing.snapshots().size() - 1).time();
                Instant tick = lastTicks.getOrDefault(listing.symbol(), since);
                if (newest.isAfter(tick.plus(MOST_BEHIND)) && newest.isAfter(since.plus(MOST_BEHIND))) {
                    behind.add(listing.symbol());
                }
            }
        }
        if (!behind.isEmpty() && behind.size() * 2 >= compared) {
            streams.stale(behind);
        }
    }

    void close() {
        streams.close();
    }

    private static String digest(String frame) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(frame.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
