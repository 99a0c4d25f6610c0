package candlestack.analytics.job;

import candlestack.analytics.compute.series.SeriesRules;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.config.Keys;
import candlestack.config.Settings;
import java.util.List;
import java.util.stream.Stream;

/** The streams of the product, in the order in which they start: the market, which people wait for, comes first. */
final class Streams {
    private Streams() {}

    /** Those that {@code analytics.streams} names. */
    static List<StreamDefinition> of(Settings settings) {
        EventTimeRules times =
                EventTimeRules.of(settings.get(Keys.ANALYTICS_LATENESS), settings.get(Keys.ANALYTICS_FUTURE));
        Stream<StreamDefinition> all = Stream.of(new MarketStream(), new KeyedStream(new SeriesRules(times)));
        List<String> wanted = settings.get(Keys.ANALYTICS_STREAMS);
        return all.filter(stream -> wanted.contains(stream.name())).toList();
    }
}
