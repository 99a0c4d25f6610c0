package candlestack.analytics.job;

import candlestack.analytics.compute.devices.DevicesRules;
import candlestack.analytics.compute.series.SeriesRules;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.users.Pseudonyms;
import candlestack.analytics.compute.users.UsersRules;
import candlestack.analytics.compute.votes.VotesRules;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The streams of the product, in the order in which they start: the market, which people wait for, comes first. */
final class Streams {
    private Streams() {}

    /** Those that {@code analytics.streams} names. */
    static List<StreamDefinition> of(Settings settings) {
        EventTimeRules times =
                EventTimeRules.of(settings.get(Keys.ANALYTICS_LATENESS), settings.get(Keys.ANALYTICS_FUTURE));
        Map<String, Supplier<StreamDefinition>> all = new LinkedHashMap<>();
        all.put("market", MarketStream::new);
        all.put("votes", () -> new KeyedStream(new VotesRules(times)));
        all.put("devices", () -> new KeyedStream(new DevicesRules(times)));
        all.put("users", () -> users(settings));
        all.put("series", () -> new KeyedStream(new SeriesRules(times)));
        all.keySet().retainAll(settings.get(Keys.ANALYTICS_STREAMS));
        return all.values().stream().map(Supplier::get).toList();
    }

    private static StreamDefinition users(Settings settings) {
        Secrets secrets = new Secrets(settings.secretsDirectory());
        Pseudonyms pseudonyms = new Pseudonyms(secrets.findOrGenerate(Secrets.USERS_PSEUDONYMS));
        return new KeyedStream(new UsersRules(settings.get(Keys.ANALYTICS_MINIMUM_AGE), pseudonyms));
    }
}
