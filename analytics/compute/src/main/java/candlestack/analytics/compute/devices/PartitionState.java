package candlestack.analytics.compute.devices;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.Texts;
import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.SeenEvents;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The events of one partition: drops what came before, and takes the others apart. Its readings are counted, so that
 * who appends them somewhere knows those that a repeated batch has sent again.
 */
final class PartitionState implements KeyState {
    private static final String READINGS = "devices.readings";
    private static final String ERRORS = "devices.errors";
    private static final int EVENT = -1;
    private static final long NONE_YET = -1;
    /** In characters: a device may be wrong in thousands of places. */
    private static final int LONGEST_REASON = 2000;

    /** How long after an event its repetition is noticed where events are not numbered. */
    private static final long REPETITION_NANOS = MINUTES.toNanos(10);

    private final EventTimeRules times;
    private final String partition;
    private final EventDecoder decoder = new EventDecoder();
    private final RowJson json = new RowJson();
    private final SeenEvents seen = new SeenEvents();
    private long newestStampNanos = Long.MIN_VALUE;
    /** When the first event came: names the count, which begins anew with a topic or a state that is made anew. */
    private long epochMillis = NONE_YET;

    private long readings;

    PartitionState(EventTimeRules times, String partition) {
        this.times = requireNonNull(times, "times is null");
        this.partition = requireNonNull(partition, "partition is null");
    }

    @Override
    public void accept(StreamRecord record, StreamOutput output) {
        if (epochMillis == NONE_YET) {
            epochMillis = record.stampMillis();
        }
        DeviceEvent event = decoder.decode(record.bytes());
        List<String> problems = new ArrayList<>(event.problems());
        boolean tooFarAhead = tooFarAhead(record, event, problems);
        EventId id = identity(record, event);
        // By its number what comes from the future would hide all that follows.
        boolean isRemembered = !tooFarAhead || !id.sequenced();
        if (isRemembered && isRepetition(id, record.stampMillis())) {
            return;
        }
        if (problems.isEmpty()) {
            takeApart(record, id, event, output);
        } else {
            String reason = String.join("; ", problems);
            error(record, event, Item.NONE, EVENT, reason, output);
            output.deadLetter(record, reason);
        }
    }

    private boolean isRepetition(EventId id, long stampMillis) {
        long stampNanos = MILLISECONDS.toNanos(stampMillis);
        newestStampNanos = Math.max(newestStampNanos, stampNanos);
        long horizon = newestStampNanos - REPETITION_NANOS;
        if (seen.contains(id, horizon)) {
            return true;
        }
        seen.add(id, stampNanos, horizon);
        return false;
    }

    /** The number that its source gave it, which is exact for ever; else the id that the event itself bears. */
    private static EventId identity(StreamRecord record, DeviceEvent event) {
        EventId id = record.eventId();
        if (id.sequenced() || event.eventId().isEmpty()) {
            return id;
        }
        // An id that happens to end in '#' and digits is not counted by anyone: what is appended makes it a text.
        return EventId.parse((event.eventId().get() + ".").getBytes(StandardCharsets.UTF_8));
    }

    private boolean tooFarAhead(StreamRecord record, DeviceEvent event, List<String> problems) {
        long stamp = MILLISECONDS.toNanos(record.stampMillis());
        if (event.timeNanos().isEmpty() || !times.isFuture(event.timeNanos().getAsLong(), stamp)) {
            return false;
        }
        long time = event.timeNanos().getAsLong();
        problems.add("From the future: " + IsoTime.format(time) + " is " + seconds(time - stamp)
                + " ahead of its arrival at the broker, analytics.future allows "
                + seconds(times.futureNanos()) + "; check the clock of its publisher");
        return true;
    }

    private void takeApart(StreamRecord record, EventId id, DeviceEvent event, StreamOutput output) {
        List<String> problems = new ArrayList<>();
        for (int place = 0; place < event.items().size(); place++) {
            Item item = event.items().get(place);
            if (item.problems().isEmpty()) {
                send(reading(event, item, place), id, output);
            } else {
                String reason = String.join("; ", item.problems());
                error(record, event, item, place, reason, output);
                problems.add("data.devices[" + place + "]: " + reason);
            }
        }
        if (!problems.isEmpty()) {
            output.deadLetter(record, String.join("; ", problems));
        }
    }

    private static Reading reading(DeviceEvent event, Item item, int place) {
        return new Reading(
                event.customer().orElseThrow(),
                event.eventId().orElseThrow(),
                place,
                event.offset(),
                event.publisher(),
                event.timeNanos().orElseThrow(),
                item.device().orElseThrow(),
                item.measure(),
                item.status().orElseThrow(),
                item.temperature().orElseThrow());
    }

    /** With one key, so that they keep their order. */
    private void send(Reading reading, EventId id, StreamOutput output) {
        String number = epochMillis + "-" + partition + "#" + readings++;
        output.record(READINGS, partition, json.reading(reading), number);
        output.point(new Point(
                "devices",
                "reading",
                PointTime.of(reading, id),
                Map.of("device", reading.device()),
                Map.of("temperature", reading.temperature(), "errors", reading.errors())));
        output.forward(reading.device(), reading.toBytes());
    }

    private void error(
            StreamRecord record, DeviceEvent event, Item item, int place, String reason, StreamOutput output) {
        String eventId = event.eventId().orElseGet(() -> nameOf(record));
        String told = Texts.shortened(reason, LONGEST_REASON);
        byte[] row = json.error(event, eventId, item, place, told, record.stampMillis());
        output.record(ERRORS, eventId, row, eventId + "/" + place);
    }

    private static String nameOf(StreamRecord record) {
        return Texts.distinct(record.key().isBlank() ? record.eventIdText() : record.key());
    }

    private static String seconds(long nanos) {
        return NANOSECONDS.toMillis(nanos) / 1000.0 + "s";
    }

    @Override
    public void write(StateOutput output) {
        output.fixed(newestStampNanos);
        output.fixed(epochMillis);
        output.unsigned(readings);
        seen.write(output);
    }

    static PartitionState read(EventTimeRules times, String partition, byte[] bytes) {
        StateInput input = new StateInput(bytes);
        PartitionState state = new PartitionState(times, partition);
        state.newestStampNanos = input.fixed();
        state.epochMillis = input.fixed();
        state.readings = input.unsigned();
        state.seen.read(input);
        return state;
    }
}
