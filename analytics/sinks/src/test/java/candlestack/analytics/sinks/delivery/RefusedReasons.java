package candlestack.analytics.sinks.delivery;

import candlestack.analytics.sinks.delivery.Refusals.Refusal;
import java.util.List;

/** Lets the tests of deliveries see what was refused. */
public final class RefusedReasons {
    private RefusedReasons() {}

    /** In the order of the records. */
    public static List<String> of(Refusals refusals) {
        return refusals.all().stream().map(Refusal::reason).toList();
    }
}
