package candlestack.analytics.compute.votes;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonWriter;
import candlestack.analytics.compute.json.Texts;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SeenEvents;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import java.util.Optional;

/**
 * One voter: where it is registered, and the vote that counts. That one is kept as the record it came in, because it
 * becomes a dead letter when an earlier one turns up; so what is refused, and with what words, does not depend on the
 * order of arrival.
 */
final class VoterState implements KeyState {
    /** Without the vote that won, which would depend on the order of arrival. */
    static final String ALREADY_VOTED =
            "already voted: of the votes of a voter the first by voting time counts, and this is a later one";

    /** Votes are never too old to be told as repeated. */
    private static final long NO_HORIZON = Long.MIN_VALUE;

    private final String voterId;
    private final long futureNanos;
    private final VoteDecoder votes = new VoteDecoder();
    private final VoterDecoder voters = new VoterDecoder();
    private final SeenEvents seen = new SeenEvents();
    private Optional<Registration> registration = Optional.empty();
    private Optional<Ballot> counted = Optional.empty();

    /** @param minute of the broker's stamp, in minutes since 1970 */
    private record Registration(String region, long minute) {}

    /** A vote and the record it came in. */
    private record Ballot(Vote vote, StreamRecord record) {}

    VoterState(String voterId, long futureNanos) {
        this.voterId = requireNonNull(voterId, "voterId is null");
        this.futureNanos = futureNanos;
    }

    @Override
    public void accept(StreamRecord record, StreamOutput output) {
        try {
            if (!record.topic().equals(VotesRules.VOTERS)) {
                Vote vote = votes.decode(record.bytes());
                checkOwner(vote.voterId());
                cast(new Ballot(vote, record), output);
            } else if (record.value().isPresent()) {
                Voter voter = voters.decode(record.bytes());
                checkOwner(voter.voterId());
                register(new Registration(voter.region(), minute(record)), output);
            }
            // A tombstone takes the person out of the topic; the register goes on counting a voter.
        } catch (JsonException e) {
            output.deadLetter(record, e.getMessage());
        }
    }

    /** A record that names two voters would be judged by the one and counted for the other. */
    private void checkOwner(String named) {
        if (!named.equals(voterId)) {
            throw new JsonException("Invalid voter_id: both '" + Texts.shortened(voterId) + "' and '"
                    + Texts.shortened(named) + "', expected one");
        }
    }

    private void cast(Ballot ballot, StreamOutput output) {
        StreamRecord record = ballot.record();
        long stamp = MILLISECONDS.toNanos(record.stampMillis());
        if (ballot.vote().timeNanos() - futureNanos > stamp) {
            long ahead = ballot.vote().timeNanos() - stamp;
            output.deadLetter(
                    record,
                    "From the future: " + IsoTime.format(ballot.vote().timeNanos()) + " is " + seconds(ahead)
                            + " ahead of its arrival at the broker, analytics.future allows " + seconds(futureNanos)
                            + "; check the clock of its source");
        } else if (!seen.contains(record.eventId(), NO_HORIZON)) {
            seen.add(record.eventId(), 0, NO_HORIZON);
            judge(ballot, output);
        }
    }

    private void judge(Ballot ballot, StreamOutput output) {
        if (counted.isEmpty()) {
            count(ballot, output);
            return;
        }
        int order = ballot.vote().compareTo(counted.get().vote());
        if (order > 0) {
            output.deadLetter(ballot.record(), ALREADY_VOTED);
        } else if (order < 0) {
            forward(counted.get().vote(), -1, output);
            output.deadLetter(counted.get().record(), ALREADY_VOTED);
            count(ballot, output);
        }
    }

    private void count(Ballot ballot, StreamOutput output) {
        counted = Optional.of(ballot);
        Vote vote = ballot.vote();
        byte[] value = new JsonWriter()
                .begin()
                .text("vote_id", vote.voteId())
                .text("voter_id", vote.voterId())
                .text("candidate_id", vote.candidateId())
                .text("region", vote.region())
                .time("voting_time", vote.timeNanos())
                .end();
        output.record(VotesRules.COUNTED, vote.voterId(), value, vote.voterId() + "/" + vote.voteId());
        forward(vote, 1, output);
    }

    private static void forward(Vote vote, int votes, StreamOutput output) {
        long minute = Math.floorDiv(vote.timeNanos(), MINUTES.toNanos(1));
        VotesTotals.forwardVote(vote, minute, votes, output);
    }

    private void register(Registration now, StreamOutput output) {
        if (registration.isPresent()) {
            Registration before = registration.get();
            if (before.region().equals(now.region())) {
                return;
            }
            VotesTotals.forwardVoter(before.region(), before.minute(), -1, output);
        }
        registration = Optional.of(now);
        VotesTotals.forwardVoter(now.region(), now.minute(), 1, output);
    }

    private static long minute(StreamRecord record) {
        return MILLISECONDS.toMinutes(record.stampMillis());
    }

    private static String seconds(long nanos) {
        return NANOSECONDS.toMillis(nanos) / 1000.0 + "s";
    }

    @Override
    public boolean isEmpty() {
        return registration.isEmpty() && counted.isEmpty();
    }

    @Override
    public void write(StateOutput output) {
        output.octet((registration.isPresent() ? 1 : 0) | (counted.isPresent() ? 2 : 0));
        registration.ifPresent(voter -> {
            output.text(voter.region());
            output.signed(voter.minute());
        });
        counted.ifPresent(ballot -> write(ballot.record(), output));
        seen.write(output);
    }

    private static void write(StreamRecord record, StateOutput output) {
        output.text(record.key());
        output.bytes(record.bytes());
        output.signed(record.stampMillis());
        output.text(record.eventIdText());
        output.text(record.origin());
    }

    static VoterState read(String voterId, long futureNanos, byte[] bytes) {
        StateInput input = new StateInput(bytes);
        VoterState state = new VoterState(voterId, futureNanos);
        int parts = input.octet();
        if ((parts & 1) != 0) {
            state.registration = Optional.of(new Registration(input.text(), input.signed()));
        }
        if ((parts & 2) != 0) {
            StreamRecord record = new StreamRecord(
                    VotesRules.CAST, input.text(), input.bytes(), input.signed(), input.bytes(), input.text());
            state.counted = Optional.of(new Ballot(state.votes.decode(record.bytes()), record));
        }
        state.seen.read(input);
        return state;
    }
}
