package candlestack.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.config.Located;
import candlestack.config.SourceSettings;
import candlestack.local.LauncherException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SourceSelectionTest {
    private static final List<SourceSettings> CONFIGURED = List.of(
            source("btc", "replay", true),
            source("market", "market", true),
            source("yahoo", "yahoo", false),
            source("votes", "votes", true),
            source("weather", "weather", true));

    @Test
    void withoutAnOptionNothingIsChanged() {
        assertThat(overrides()).isEmpty();
    }

    @Test
    void onlyAStreamKeepsItsEnabledSources() {
        assertThat(overrides("--only", "market"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "sources.btc.enabled", "true",
                        "sources.market.enabled", "true",
                        "sources.yahoo.enabled", "false",
                        "sources.votes.enabled", "false",
                        // A plugin's: it may send quotes.
                        "sources.weather.enabled", "true",
                        "analytics.streams", "market",
                        "plugins.autostart", "false"));
    }

    @Test
    void onlyAlsoTakesTheNameOfAPluginsSource() {
        assertThat(overrides("--only", "weather,votes"))
                .containsEntry("sources.weather.enabled", "true")
                .containsEntry("sources.votes.enabled", "true")
                .containsEntry("sources.btc.enabled", "false")
                .containsEntry("analytics.streams", "votes,market,series");
    }

    @Test
    void onlySeriesKeepsThePluginsSources() {
        assertThat(overrides("--only", "series"))
                .containsEntry("sources.weather.enabled", "true")
                .containsEntry("sources.market.enabled", "false")
                .containsEntry("plugins.autostart", "true")
                .containsEntry("analytics.streams", "series");
    }

    @Test
    void whatAConfiguredFeedIsSaidToSendDecides() {
        SourceSettings quotes = feed("ticker", "kafka", Map.of("emit", new Located("quotes", "candlestack.yaml:2")));
        SourceSettings points = feed("air", "http", Map.of("emit", new Located("series", "candlestack.yaml:2")));
        SourceSettings byDefault = feed("tides", "http", Map.of());

        assertThat(SourceSelection.streamsOf(quotes)).containsExactly("market");
        assertThat(SourceSelection.streamsOf(points)).containsExactly("series");
        assertThat(SourceSelection.streamsOf(byDefault)).containsExactly("series");
        assertThat(overrides(List.of(quotes, points, byDefault), "--only", "market"))
                .containsEntry("sources.ticker.enabled", "true")
                .containsEntry("sources.air.enabled", "false")
                .containsEntry("sources.tides.enabled", "false");
        assertThat(overrides(List.of(quotes, points, byDefault), "--only", "ticker"))
                .containsEntry("analytics.streams", "market");
    }

    @Test
    void aNamedSourceRunsEvenIfItIsDisabledWithItsSymbols() {
        assertThat(overrides("--source", "yahoo", "--symbols", "AAPL,MSFT"))
                .containsEntry("sources.yahoo.enabled", "true")
                .containsEntry("sources.yahoo.symbols", "AAPL,MSFT")
                .containsEntry("sources.btc.enabled", "false");
    }

    @Test
    void aSourceThatNobodyConfiguredRunsWithItsDefaults() {
        assertThat(overrides("--source", "earthquakes"))
                .containsEntry("sources.earthquakes.enabled", "true")
                .containsEntry("sources.market.enabled", "false");
    }

    @Test
    void anUnknownNameIsAUsageErrorWithASuggestion() {
        LauncherException error = catchThrowableOfType(LauncherException.class, () -> overrides("--source", "yahooo"));

        assertThat(error).hasMessage("Invalid --source: 'yahooo'; did you mean 'yahoo'?");
        assertThat(error.exitCode()).isEqualTo(2);
    }

    @Test
    void symbolsWithoutOneSourceAreAUsageError() {
        LauncherException error = catchThrowableOfType(LauncherException.class, () -> overrides("--symbols", "AAPL"));

        assertThat(error).hasMessage("Cannot apply --symbols: say with --source which source they are for");
    }

    private static Map<String, String> overrides(String... arguments) {
        return overrides(CONFIGURED, arguments);
    }

    private static Map<String, String> overrides(List<SourceSettings> configured, String... arguments) {
        return CommandLine.populateCommand(new SourceSelection(), arguments).overrides(configured);
    }

    private static SourceSettings feed(String name, String type, Map<String, Located> options) {
        return new SourceSettings(name, type, true, options, "candlestack.yaml:1");
    }

    private static SourceSettings source(String name, String type, boolean enabled) {
        return new SourceSettings(name, type, enabled, Map.of(), "candlestack.yaml:1");
    }
}
