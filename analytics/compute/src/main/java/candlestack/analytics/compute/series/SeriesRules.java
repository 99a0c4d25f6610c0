package candlestack.analytics.compute.series;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.analytics.compute.stream.StreamRules;
import java.util.List;

/**
 * {@code series.points} to points of the bucket {@code series}, with rolling statistics beside each field. A key is a
 * series with its tags; lateness is judged by it.
 */
public final class SeriesRules implements StreamRules {
    private static final long serialVersionUID = 1;
    private static final ThreadLocal<PointDecoder> DECODER = ThreadLocal.withInitial(PointDecoder::new);

    private final EventTimeRules times;

    public SeriesRules(EventTimeRules times) {
        this.times = requireNonNull(times, "times is null");
    }

    @Override
    public String name() {
        return "series";
    }

    @Override
    public List<String> topics() {
        return List.of("series.points");
    }

    @Override
    public int stateVersion() {
        return SeriesState.VERSION;
    }

    /** Reads no more than name and tags. */
    @Override
    public String keyOf(StreamRecord record) {
        try {
            return DECODER.get().key(record.bytes());
        } catch (JsonException e) {
            return "";
        }
    }

    @Override
    public KeyState newState(String key) {
        return new SeriesState(times);
    }

    @Override
    public KeyState readState(String key, byte[] bytes) {
        return SeriesState.read(times, bytes);
    }
}
