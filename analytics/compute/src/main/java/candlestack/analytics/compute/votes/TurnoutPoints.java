package candlestack.analytics.compute.votes;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.StreamOutput;
import java.util.Map;
import java.util.TreeMap;

/** The votes of a region and its register at the end of a minute; without a rate as long as nobody is registered. */
final class TurnoutPoints implements MinuteTotals.Listener {
    static final String VOTES = "votes";
    static final String REGISTERED = "registered";

    private final String region;

    TurnoutPoints(String region) {
        this.region = requireNonNull(region, "region is null");
    }

    @Override
    public void totals(long minute, Map<String, Long> totals, StreamOutput output) {
        double votes = totals.getOrDefault(VOTES, 0L);
        double registered = totals.getOrDefault(REGISTERED, 0L);
        Map<String, Double> fields = new TreeMap<>(Map.of(VOTES, votes, REGISTERED, registered));
        if (registered > 0) {
            fields.put("rate", votes / registered);
        }
        output.point(new Point("votes", "turnout", MinuteTotals.nanos(minute), Map.of("region", region), fields));
    }
}
