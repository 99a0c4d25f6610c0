package candlestack.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
                        "sources.weather.enabled", "false",
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
        return CommandLine.populateCommand(new SourceSelection(), arguments).overrides(CONFIGURED);
    }

    private static SourceSettings source(String name, String type, boolean enabled) {
        return new SourceSettings(name, type, enabled, Map.of(), "candlestack.yaml:1");
    }
}
