package candlestack.analytics.compute.votes;

import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.StreamOutput;
import java.util.Map;

/** The standing of each candidate at the end of a minute. */
final class TallyPoints implements MinuteTotals.Listener {
    @Override
    public void totals(long minute, Map<String, Long> votes, StreamOutput output) {
        double sum = votes.values().stream().mapToLong(Long::longValue).sum();
        votes.forEach((candidate, count) -> output.point(new Point(
                "votes",
                "tally",
                MinuteTotals.nanos(minute),
                Map.of("candidate", candidate),
                Map.of("votes", (double) count, "share", sum > 0 ? count / sum : 0))));
    }
}
