package candlestack.analytics.compute.series;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.SeenEvents;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One series with its tags. A point of a time that is known takes the place of the earlier one, field by field. */
final class SeriesState implements KeyState {
    /** Since 2 its key says where each tag ends. */
    static final int VERSION = 2;
    /** Of values that can still be corrected, in one field; a faster series is corrected over a shorter time. */
    static final int MOST_OPEN = 20_000;

    /** Of all points of a series together: each is kept for as long as the series is. */
    static final int MOST_FIELDS = 256;

    private static final String BUCKET = "series";
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final EventTimeRules times;
    private final PointDecoder decoder = new PointDecoder();
    private final SeenEvents seen = new SeenEvents();
    private final SortedMap<String, FieldHistory> histories = new TreeMap<>();
    /** Times of points that have to be sent, or sent again. */
    private final NavigableSet<Long> changed = new TreeSet<>();

    private String series = "";
    private SortedMap<String, String> tags = new TreeMap<>();
    private long newest = UNKNOWN;
    /** No point from before this event time is taken in any more. */
    private long horizon = UNKNOWN;

    SeriesState(EventTimeRules times) {
        this.times = requireNonNull(times, "times is null");
    }

    @Override
    public void accept(StreamRecord record, StreamOutput output) {
        try {
            accept(decoder.decode(record.bytes()), record, output);
        } catch (JsonException e) {
            output.deadLetter(record, e.getMessage());
        }
    }

    private void accept(DecodedPoint point, StreamRecord record, StreamOutput output) {
        EventId id = record.eventId();
        long stamp = MILLISECONDS.toNanos(record.stampMillis());
        if (seen.contains(id, horizon)) {
            return;
        }
        if (times.isFuture(point.timeNanos(), stamp)) {
            // By a number it would hide all that follows.
            if (!id.sequenced()) {
                seen.add(id, stamp, horizon);
            }
            long ahead = point.timeNanos() - stamp;
            output.deadLetter(
                    record,
                    "From the future: " + IsoTime.format(point.timeNanos()) + " is " + seconds(ahead)
                            + " ahead of its arrival at the broker, analytics.future allows "
                            + seconds(times.futureNanos())
                            + "; check the clock of its source");
            return;
        }
        seen.add(id, point.timeNanos(), horizon);
        if (point.timeNanos() < horizon) {
            output.deadLetter(
                    record,
                    "Late: " + IsoTime.format(point.timeNanos()) + " is "
                            + seconds(newest - point.timeNanos()) + " behind the newest point of " + point.series()
                            + point.tags() + ", analytics.lateness allows " + seconds(newest - horizon));
        } else if (fieldsWith(point) > MOST_FIELDS) {
            output.deadLetter(
                    record,
                    "Too many fields: with this point " + point.series() + point.tags()
                            + " would have more than " + MOST_FIELDS
                            + "; what changes with every point belongs into a tag's"
                            + " value, or is no series");
        } else {
            takeIn(point);
        }
    }

    private int fieldsWith(DecodedPoint point) {
        int more = 0;
        for (String field : point.fields().keySet()) {
            more += histories.containsKey(field) ? 0 : 1;
        }
        return histories.size() + more;
    }

    private void takeIn(DecodedPoint point) {
        series = point.series();
        tags = point.tags();
        newest = Math.max(newest, point.timeNanos());
        horizon = Math.max(horizon, newest - times.latenessNanos());
        point.fields().forEach((field, value) -> {
            FieldHistory history = histories.computeIfAbsent(field, ignored -> new FieldHistory());
            history.put(point.timeNanos(), value).ifPresent(place -> {
                for (int i = place; i < history.size(); i++) {
                    changed.add(history.time(i));
                }
            });
            if (history.size() > MOST_OPEN) {
                horizon = Math.max(horizon, history.time(history.size() - MOST_OPEN));
            }
        });
    }

    private static String seconds(long nanos) {
        return NANOSECONDS.toMillis(nanos) / 1000.0 + "s";
    }

    @Override
    public void writeOut(StreamOutput output) {
        for (long time : changed) {
            output.point(new Point(BUCKET, series, time, tags, fieldsAt(time)));
        }
        changed.clear();
        histories.values().forEach(history -> history.forget(horizon));
    }

    /** What was sent comes last: should it bear the name of a statistic, it is kept. */
    private Map<String, Double> fieldsAt(long time) {
        Map<String, Double> fields = new TreeMap<>();
        Map<String, Double> sent = new TreeMap<>();
        histories.forEach((field, history) -> history.placeOf(time).ifPresent(place -> {
            Statistics statistics = history.at(place);
            statistics.addTo(fields, field);
            sent.put(field, statistics.value());
        }));
        fields.putAll(sent);
        return fields;
    }

    @Override
    public boolean isEmpty() {
        return newest == UNKNOWN;
    }

    @Override
    public void write(StateOutput output) {
        output.octet(VERSION);
        output.fixed(newest);
        output.fixed(horizon);
        seen.write(output);
        output.text(series);
        output.unsigned(tags.size());
        tags.forEach((tag, value) -> {
            output.text(tag);
            output.text(value);
        });
        output.unsigned(histories.size());
        histories.forEach((field, history) -> {
            output.text(field);
            history.write(output);
        });
    }

    static SeriesState read(EventTimeRules times, byte[] bytes) {
        StateInput input = new StateInput(bytes);
        int version = input.octet();
        if (version != VERSION) {
            throw new IllegalStateException("Cannot read a series: version " + version + ", expected " + VERSION);
        }
        SeriesState state = new SeriesState(times);
        state.newest = input.fixed();
        state.horizon = input.fixed();
        state.seen.read(input);
        state.series = input.text();
        for (long left = input.unsigned(); left > 0; left--) {
            state.tags.put(input.text(), input.text());
        }
        for (long left = input.unsigned(); left > 0; left--) {
            state.histories.put(input.text(), FieldHistory.read(input));
        }
        return state;
    }
}
