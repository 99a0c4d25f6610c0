package candlestack.analytics.compute.votes;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.analytics.compute.stream.StreamRules;
import java.util.List;
import java.util.Optional;

/**
 * Votes and voters to the votes that count, judged by voter; and these to the standing of each candidate and the turnout
 * of each region. A vote is never too late: the first by voting time counts even if it comes last.
 */
public final class VotesRules implements StreamRules {
    static final String CAST = "votes.cast";
    static final String VOTERS = "votes.voters";
    static final String COUNTED = "votes.counted";

    private static final long serialVersionUID = 1;
    private static final ThreadLocal<VoterDecoder> DECODER = ThreadLocal.withInitial(VoterDecoder::new);

    private final EventTimeRules times;

    /** @param times of which only the future is used */
    public VotesRules(EventTimeRules times) {
        this.times = requireNonNull(times, "times is null");
    }

    @Override
    public String name() {
        return "votes";
    }

    @Override
    public List<String> topics() {
        return List.of(CAST, VOTERS);
    }

    @Override
    public int stateVersion() {
        return 1;
    }

    /** The voter that the value names, for a producer may set any key; a tombstone has nothing else. */
    @Override
    public String keyOf(StreamRecord record) {
        return record.value().map(DECODER.get()::voterId).orElseGet(record::key);
    }

    @Override
    public KeyState newState(String key) {
        return new VoterState(key, times.futureNanos());
    }

    @Override
    public KeyState readState(String key, byte[] bytes) {
        return VoterState.read(key, times.futureNanos(), bytes);
    }

    @Override
    public Optional<SecondStage> secondStage() {
        return Optional.of(new VotesTotals());
    }
}
