package candlestack.analytics.compute.stream;

import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a key has seen, in bounded memory: the highest number of each of its last streams, and the other ids of the
 * events within the lateness. What it answers depends on the events and their order alone.
 */
public final class SeenEvents {
    public static final int MOST_STREAMS = 32;
    public static final int MOST_IDS = 16_384;

    /** Least recently used first. */
    private final LinkedHashMap<Long, Long> highestByStream = new LinkedHashMap<>(8, 0.75f, true);
    /** Event times, in order of arrival. */
    private final LinkedHashMap<Long, Long> timeById = new LinkedHashMap<>(8);

    /** @param horizon event time before which ids are forgotten */
    public boolean contains(EventId id, long horizon) {
        if (id.sequenced()) {
            Long highest = highestByStream.get(id.hash());
            return highest != null && id.number() <= highest;
        }
        Long time = timeById.get(id.hash());
        return time != null && time >= horizon;
    }

    public void add(EventId id, long timeNanos, long horizon) {
        if (id.sequenced()) {
            highestByStream.put(id.hash(), id.number());
            if (highestByStream.size() > MOST_STREAMS) {
                removeEldest(highestByStream);
            }
        } else if (timeNanos >= horizon) {
            timeById.put(id.hash(), timeNanos);
            while (timeById.size() > MOST_IDS || eldestTime() < horizon) {
                removeEldest(timeById);
            }
        }
    }

    private long eldestTime() {
        return timeById.values().iterator().next();
    }

    private static void removeEldest(Map<Long, Long> map) {
        var entries = map.keySet().iterator();
        entries.next();
        entries.remove();
    }

    public void write(StateOutput output) {
        output.unsigned(highestByStream.size());
        highestByStream.forEach((stream, highest) -> {
            output.fixed(stream);
            output.unsigned(highest);
        });
        output.unsigned(timeById.size());
        timeById.forEach((id, time) -> {
            output.fixed(id);
            output.fixed(time);
        });
    }

    public void read(StateInput input) {
        for (long left = input.unsigned(); left > 0; left--) {
            highestByStream.put(input.fixed(), input.unsigned());
        }
        for (long left = input.unsigned(); left > 0; left--) {
            timeById.put(input.fixed(), input.fixed());
        }
    }
}
