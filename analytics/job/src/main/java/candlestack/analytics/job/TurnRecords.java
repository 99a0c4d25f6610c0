package candlestack.analytics.job;

import static candlestack.analytics.job.OutgoingRecord.utf8;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonWriter;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.PointJson;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.config.Topic;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.ArrayList;
import java.util.List;

/** Turns what the rules say into records. One thread's, turn after turn. */
final class TurnRecords implements StreamOutput {
    private static final byte[] SOURCE = utf8("analytics");

    private final PointJson points = new PointJson(new JsonWriter(value -> NumberOutput.toString(value, true)));
    private final DeadLetters deadLetters = new DeadLetters();
    private final List<OutgoingRecord> records = new ArrayList<>();

    @Override
    public void record(String topic, String key, byte[] value, String eventId) {
        records.add(OutgoingRecord.of(Topic.named(topic), key, value, SOURCE, utf8(eventId)));
    }

    @Override
    public void tombstone(String topic, String key, String eventId) {
        records.add(OutgoingRecord.of(Topic.named(topic), key, null, SOURCE, utf8(eventId)));
    }

    @Override
    public void point(Point point) {
        String series = point.series();
        byte[] id = utf8(series + "/" + IsoTime.format(point.timeNanos()));
        records.add(OutgoingRecord.of(Topic.ANALYTICS_POINTS, series, points.write(point), SOURCE, id));
    }

    @Override
    public void deadLetter(StreamRecord record, String reason) {
        records.add(deadLetters.of(record, reason));
    }

    /** A row has a key and a value, and no topic. */
    @Override
    public void forward(String key, byte[] row) {
        OutgoingRecord forwarded = new OutgoingRecord();
        forwarded.setKey(key);
        forwarded.setValue(row);
        records.add(forwarded);
    }

    /** What was said since the last call. */
    List<OutgoingRecord> take() {
        List<OutgoingRecord> taken = List.copyOf(records);
        records.clear();
        return taken;
    }
}
