package candlestack.analytics.job;

import java.util.List;

/** Every stream of the product, in the order in which they start. */
final class Streams {
    private Streams() {}

    static List<StreamDefinition> all() {
        return List.of(new MarketStream());
    }
}
