package candlestack.analytics.compute.votes;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;

/**
 * What the votes that count add up to: one state for all candidates, because a share is one of all votes, and one for
 * each region.
 */
final class VotesTotals implements SecondStage {
    private static final long serialVersionUID = 1;
    private static final String CANDIDATES = "candidates";
    private static final String REGION = "region/";

    /** @param votes 1 for a vote that counts now, -1 for one that does no more */
    static void forwardVote(Vote vote, long minute, int votes, StreamOutput output) {
        output.forward(CANDIDATES, row(vote.candidateId(), minute, votes));
        output.forward(REGION + vote.region(), row(TurnoutPoints.VOTES, minute, votes));
    }

    /** @param voters 1 for one that is registered now, -1 for one that is no more */
    static void forwardVoter(String region, long minute, int voters, StreamOutput output) {
        output.forward(REGION + region, row(TurnoutPoints.REGISTERED, minute, voters));
    }

    private static byte[] row(String name, long minute, int count) {
        StateOutput row = new StateOutput();
        row.text(name);
        row.signed(minute);
        row.signed(count);
        return row.toBytes();
    }

    @Override
    public KeyState newState(String key) {
        return new Totals(points(key), new MinuteTotals());
    }

    @Override
    public KeyState readState(String key, byte[] bytes) {
        return new Totals(points(key), MinuteTotals.read(new StateInput(bytes)));
    }

    private static MinuteTotals.Listener points(String key) {
        return key.startsWith(REGION) ? new TurnoutPoints(key.substring(REGION.length())) : new TallyPoints();
    }

    /** Adds rows up. */
    private record Totals(MinuteTotals.Listener listener, MinuteTotals totals) implements KeyState {
        @Override
        public void accept(StreamRecord record, StreamOutput output) {
            StateInput row = new StateInput(record.bytes());
            String name = row.text();
            totals.add(name, row.signed(), row.signed(), listener, output);
        }

        @Override
        public void writeOut(StreamOutput output) {
            totals.writeOut(listener, output);
        }

        @Override
        public void write(StateOutput output) {
            totals.write(output);
        }
    }
}
