package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import candlestack.config.ConfigException;
import candlestack.config.Settings;
import candlestack.ingest.api.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final String YAML = """
            sources:
              weather:
                count: 5
              berlin:
                type: weather
                enabled: false
            """;

    @TempDir
    Path folder;

    @Test
    void replaysTradesBesideWhatIsSimulatedWhereNothingIsConfigured() {
        List<Plan> plans = new Planner(Catalog.installed(), Map.of()).plan(List.of());

        assertThat(plans)
                .extracting(Plan::name, Plan::type, Plan::runs)
                .containsExactly(
                        tuple("btc", "replay", true),
                        tuple("market", "market", true),
                        tuple("votes", "votes", true),
                        tuple("devices", "devices", true),
                        tuple("users", "users", true));
    }

    @Test
    void leavesOutWhatIsSwitchedOff() throws Exception {
        assertThat(plan(YAML, ""))
                .extracting(Plan::name, Plan::enabled, Plan::runs)
                .containsExactlyInAnyOrder(
                        tuple("weather", Plan.Enablement.ENABLED, true),
                        tuple("berlin", Plan.Enablement.DISABLED, false));
    }

    @Test
    void selectsByInstanceThenByTypeThenWhatIsOnlyInstalled() throws Exception {
        assertThat(plan(YAML, "berlin")).extracting(Plan::name, Plan::runs).containsExactly(tuple("berlin", true));
        assertThat(plan("sources:\n  berlin:\n    type: weather\n  paris:\n    type: weather\n", "weather"))
                .extracting(Plan::name)
                .containsExactlyInAnyOrder("berlin", "paris");
        assertThat(plan("sources:\n  tides:\n    type: tides\n", "weather"))
                .extracting(Plan::name, Plan::type, Plan::runs)
                .containsExactly(tuple("weather", "weather", true));
    }

    @Test
    void refusesASelectionThatNobodyKnows() {
        assertThatThrownBy(() -> plan(YAML, "weahter,berlin"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid configuration:\n  environment, CANDLESTACK_SOURCES: Unknown source 'weahter'; "
                        + "did you mean 'weather'?");
    }

    @Test
    void tellsAllThatIsWrongWithItsPlaceAndHarmsNoOther() throws Exception {
        List<Plan> plans = plan("""
                sources:
                  weather:
                    count: many
                    counts: 3
                  tides:
                    type: wether
                  fine:
                    type: weather
                """, "");

        assertThat(plans)
                .extracting(Plan::name, Plan::runs, Plan::problems)
                .containsExactlyInAnyOrder(
                        tuple(
                                "weather",
                                false,
                                List.of(
                                        "candlestack.yaml:3: sources.weather: Invalid count: 'many', expected a whole "
                                                + "number from 0 to 1000000",
                                        "candlestack.yaml:4: sources.weather: Unknown option 'counts'; "
                                                + "did you mean 'count'?")),
                        tuple(
                                "tides",
                                false,
                                List.of("candlestack.yaml:6: Unknown type of source 'tides': 'wether'; "
                                        + "did you mean 'weather'?; installed are [weather]")),
                        tuple("fine", true, List.of()));
    }

    @Test
    void refusesANameThatIsNoFileName() throws Exception {
        assertThat(plan("sources:\n  'a/b':\n    type: weather\n", "").get(0).problems())
                .singleElement()
                .asString()
                .isEqualTo(
                        "candlestack.yaml:3: Invalid name of a source: 'a/b', expected letters, digits, '.', '_' and '-'");
    }

    private List<Plan> plan(String yaml, String selection) throws IOException {
        Path file = Files.writeString(folder.resolve("candlestack.yaml"), yaml);
        Catalog catalog = new Catalog(List.of(new ScriptedFactory("weather", (context, next) -> Batch.empty())));
        return new Planner(catalog, Map.of("CANDLESTACK_SOURCES", selection))
                .plan(Settings.load(file, Map.of()).sources());
    }
}
