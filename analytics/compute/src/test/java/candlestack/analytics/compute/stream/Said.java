package candlestack.analytics.compute.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a state says, for a test to look at. */
public final class Said implements StreamOutput {
    /** A record; a tombstone has no value. */
    public record Written(String topic, String key, String value, String eventId) {}

    /** A row for the second stage. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Forwarded(String key, byte[] row) {}

    public final List<Written> records = new ArrayList<>();
    public final List<Point> points = new ArrayList<>();
    /** {@code <event id>: <reason>}. */
    public final List<String> deadLetters = new ArrayList<>();

    public final List<Forwarded> forwarded = new ArrayList<>();

    @Override
    public void record(String topic, String key, byte[] value, String eventId) {
        records.add(new Written(topic, key, new String(value, UTF_8), eventId));
    }

    @Override
    public void tombstone(String topic, String key, String eventId) {
        records.add(new Written(topic, key, "", eventId));
    }

    @Override
    public void point(Point point) {
        points.add(point);
    }

    @Override
    public void deadLetter(StreamRecord record, String reason) {
        deadLetters.add(record.eventIdText() + ": " + reason);
    }

    @Override
    public void forward(String key, byte[] row) {
        forwarded.add(new Forwarded(key, row));
    }
}
