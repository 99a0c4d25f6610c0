package candlestack.ingest.users;

import static java.time.temporal.ChronoUnit.MILLIS;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Document;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.api.TimeOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Profiles one after the other, at their rate. */
final class UsersReader implements SourceReader {
    private static final int MOST_PROFILES = 1_000;
    /** What a poll may wait for profiles beyond the time it was given. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final SourceContext context;
    private final Profiles profiles;
    private final String stream;
    private final Pace pace;
    private long next;

    private UsersReader(SourceContext context, Profiles profiles, String stream, long next) {
        this.context = context;
        this.profiles = profiles;
        this.stream = stream;
        this.next = next;
        double rate = context.config().get(UsersOptions.RATE).doubleValue();
        this.pace = new Pace(rate, context.clock().instant());
    }

    /** Takes over {@code profiles}: closes them with itself, and when it cannot open. */
    static UsersReader open(SourceContext context, Profiles profiles, Optional<Position> position)
            throws SourceException {
        try {
            if (position.isEmpty()) {
                // A sequence that was forgotten begins again at 0 and must not be taken for the old one.
                return new UsersReader(context, profiles, context.instance() + "@" + now(context), 0);
            }
            String stream = position.get().text("stream").orElse(context.instance());
            return new UsersReader(context, profiles, stream, position.get().number("next"));
        } catch (SourceException e) {
            profiles.close();
            throw e;
        }
    }

    @Override
    public Batch poll(Duration maxWait) throws SourceException, InterruptedException {
        long due = pace.due(context.clock().instant());
        if (due == 0) {
            Duration wait = pace.untilNext(context.clock().instant());
            context.pause(wait.compareTo(maxWait) < 0 ? wait : maxWait);
            due = pace.due(context.clock().instant());
        }
        if (due == 0) {
            return Batch.empty();
        }
        List<Profile> read = profiles.read(next, (int) Math.min(due, MOST_PROFILES), PATIENCE);
        pace.given(read.size());
        return read.isEmpty() ? Batch.empty() : batch(read);
    }

    /** What is due and not yet given. */
    @Override
    public OptionalLong backlog() {
        return OptionalLong.of(Math.max(0, pace.due(context.clock().instant())));
    }

    @Override
    public void close() {
        profiles.close();
    }

    private Batch batch(List<Profile> read) {
        Instant time = now(context);
        List<Event> events = new ArrayList<>(read.size());
        List<Reject> rejects = new ArrayList<>();
        for (Profile profile : read) {
            String id = EventIds.numbered(stream, next++);
            if (profile.userId().isPresent()) {
                events.add(new Document(
                        id,
                        Document.Stream.USERS_PROFILES,
                        profile.userId().get(),
                        time,
                        TimeOrigin.OBSERVED,
                        profile.json()));
            } else {
                rejects.add(Reject.of(id, "Missing login.uuid: a profile is stored under it", profile.json()));
            }
        }
        Position position = new Position(Map.of("stream", stream, "next", Long.toString(next)));
        return new Batch(events, rejects, Optional.of(position));
    }

    private static Instant now(SourceContext context) {
        return context.clock().instant().truncatedTo(MILLIS);
    }
}
