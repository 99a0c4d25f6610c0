package candlestack.ingest.sources.devices;

import static java.time.temporal.ChronoUnit.MILLIS;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Config;
import candlestack.ingest.api.Document;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.sources.pace.Pace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Events of the simulated devices, at their rate. */
final class DevicesReader implements SourceReader {
    private static final int MOST_EVENTS = 10_000;

    private final SourceContext context;
    private final Fleet fleet;
    private final DeviceEventJson json = new DeviceEventJson();
    private final Pace pace;
    /** Names the sequence; holds the time of its first start, since one that was forgotten begins again at 0. */
    private final String stream;

    private long next;

    private DevicesReader(SourceContext context, String stream, long next) {
        Config config = context.config();
        this.context = context;
        this.fleet = new Fleet(
                config.get(DevicesFactory.SEED),
                config.get(DevicesFactory.FAULTS).doubleValue());
        this.pace = new Pace(
                config.get(DevicesFactory.RATE).doubleValue(), context.clock().instant());
        this.stream = stream;
        this.next = next;
    }

    static DevicesReader open(SourceContext context, Optional<Position> position) throws SourceException {
        if (position.isEmpty()) {
            return new DevicesReader(context, context.instance() + "@" + now(context), 0);
        }
        Position after = position.get();
        return new DevicesReader(context, after.text("stream").orElse(context.instance()), after.number("next"));
    }

    @Override
    public Batch poll(Duration maxWait) throws InterruptedException {
        long due = pace.due(context.clock().instant());
        if (due == 0) {
            Duration wait = pace.untilNext(context.clock().instant());
            context.pause(wait.compareTo(maxWait) < 0 ? wait : maxWait);
            due = pace.due(context.clock().instant());
        }
        return due == 0 ? Batch.empty() : events((int) Math.min(due, MOST_EVENTS));
    }

    /** What is due and not yet made. */
    @Override
    public OptionalLong backlog() {
        return OptionalLong.of(Math.max(0, pace.due(context.clock().instant())));
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private Batch events(int count) {
        Instant time = now(context);
        List<Event> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(next++, time));
        }
        pace.given(count);
        return Batch.of(events, new Position(Map.of("stream", stream, "next", Long.toString(next))));
    }

    private Document event(long offset, Instant time) {
        String id = EventIds.numbered(stream, offset);
        String eventId =
                UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        String document = json.write(eventId, offset, fleet.report(offset), time);
        return Document.of(id, Document.Stream.DEVICES_EVENTS, eventId, time, document);
    }

    private static Instant now(SourceContext context) {
        return context.clock().instant().truncatedTo(MILLIS);
    }
}
