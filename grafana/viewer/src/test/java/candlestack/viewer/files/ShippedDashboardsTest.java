package candlestack.viewer.files;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that Grafana is provisioned from, as they are in this repository. */
class ShippedDashboardsTest {
    private static final Path GRAFANA = Path.of("..").toAbsolutePath().normalize();
    private static final DashboardFiles FILES = new DashboardFiles(GRAFANA.resolve("dashboards"), System::nanoTime);
    private static final Map<String, DataSource> DATA_SOURCES =
            DataSourceFiles.read(GRAFANA).stream().collect(toMap(DataSource::uid, source -> source));
    private static final int COLUMNS = 24;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)(?::\\w+)?}?");
    private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)(?:\\?([^\"]*))?");

    static List<Dashboard> dashboards() {
        return FILES.all();
    }

    @Test
    void thereIsADashboardForEverySubjectAndAHome() {
        assertThat(FILES.problems()).isEmpty();
        assertThat(dashboards())
                .extracting(Dashboard::uid)
                .containsExactlyInAnyOrder("market", "symbol", "votes", "users", "devices", "series", "pipeline");
        assertThat(FILES.home()).get().extracting(Dashboard::uid).isEqualTo("market");
    }

    @Test
    void titlesAreUnique() {
        assertThat(dashboards()).extracting(Dashboard::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void isClassicAndReadOnly(Dashboard dashboard) {
        JsonNode json = dashboard.json();
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(42);
        assertThat(json.has("id") && json.path("id").isNull()).isTrue();
        assertThat(json.path("editable").asBoolean(true)).isFalse();
        assertThat(json.path("description").asText()).isNotBlank();
        assertThat(json.path("refresh").asText()).isIn("1s", "2s", "5s");
        assertThat(texts(json.path("timepicker").path("refresh_intervals")))
                .contains(json.path("refresh").asText());
        assertThat(texts(json.path("tags"))).contains("candlestack");
        assertThat(dashboard.folder()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.path("title").asText())
                    .as("title of panel %s", panel.path("id"))
                    .isNotBlank();
            assertThat(panel.path("description").asText())
                    .as("description of %s", panel.path("title"))
                    .isNotBlank();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .as("unit of %s", panel.path("title"))
                    .isNotBlank();
        });
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates();
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("title").asText())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyTargetHasAQueryAndAProvisionedDataSource(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.path("targets"))
                    .as("targets of %s", panel.path("title"))
                    .isNotEmpty();
            assertThat(panel.path("targets"))
                    .extracting(target -> target.path("refId").asText())
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
        });
        assertThat(targets(dashboard)).allSatisfy(target -> {
            JsonNode dataSource = target.path("datasource");
            assertThat(DATA_SOURCES).containsKey(dataSource.path("uid").asText());
            assertThat(dataSource.path("type").asText())
                    .isEqualTo(DATA_SOURCES.get(dataSource.path("uid").asText()).type());
            assertThat(query(target)).as("query of %s", target).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsLieBesideEachOther(Dashboard dashboard) {
        Set<String> taken = new HashSet<>();
        dashboard.json().path("panels").forEach(panel -> {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(taken.add(x + "," + y))
                            .as("%s lies on another at %d,%d", panel.path("title"), x, y)
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void linksLeadToDashboardsAndVariablesThatExist(Dashboard dashboard) {
        LINK.matcher(dashboard.json().toString()).results().forEach(link -> {
            Dashboard target = FILES.find(link.group(1)).orElseThrow();
            Pattern.compile("var-(\\w+)=")
                    .matcher(link.group(2) == null ? "" : link.group(2))
                    .results()
                    .forEach(name -> assertThat(target.variable(name.group(1)))
                            .as(link.group())
                            .isPresent());
        });
        assertThat(dashboard.json().path("links")).anySatisfy(link -> {
            assertThat(texts(link.path("tags"))).contains("candlestack");
            assertThat(link.path("keepTime").asBoolean()).isTrue();
            assertThat(link.path("includeVars").asBoolean()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variablesRefreshAndAreAllThatQueriesUse(Dashboard dashboard) {
        assertThat(dashboard.variables()).allSatisfy(variable -> {
            assertThat(variable.path("description").asText()).isNotBlank();
            if (variable.path("type").asText().equals("query")) {
                assertThat(variable.path("refresh").asInt())
                        .as("refresh of %s", variable.path("name"))
                        .isIn(1, 2);
                assertThat(variable.path("query").asText()).isNotBlank();
                assertThat(DATA_SOURCES)
                        .containsKey(variable.path("datasource").path("uid").asText());
            }
        });
        Set<String> defined = dashboard.variables().stream()
                .map(variable -> variable.path("name").asText())
                .collect(Collectors.toSet());
        assertThat(targets(dashboard))
                .allSatisfy(target -> assertThat(
                                VARIABLE.matcher(query(target)).results().map(found -> found.group(1)))
                        .isSubsetOf(defined));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void fluxTakesVariablesInQuotesOrAsRegularExpressions(Dashboard dashboard) {
        Stream<String> flux = Stream.concat(
                targets(dashboard).stream().map(target -> target.path("query").asText()),
                dashboard.variables().stream()
                        .map(variable -> variable.path("query").asText()));
        assertThat(flux.flatMap(text -> VARIABLE.matcher(text).results()).map(MatchResult::group))
                .allSatisfy(written -> assertThat(written).matches("\\$\\{\\w+:(doublequote|regex)}"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theViewerDrawsEveryPanelTransformationAndUnit(Dashboard dashboard) throws IOException {
        Path scripts = Path.of("src/main/resources/web/assets/js");
        String panels = Files.readString(scripts.resolve("panels/registry.js"));
        String transformations = Files.readString(scripts.resolve("transform.js"));
        String units = Files.readString(scripts.resolve("units.js"));
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panels).containsPattern("\"?" + panel.path("type").asText() + "\"?: \\w+Panel,");
            panel.path("transformations")
                    .forEach(step -> assertThat(transformations)
                            .contains("  " + step.path("id").asText() + ": ("));
        });
        assertThat(dashboard.json().findValuesAsText("unit"))
                .allSatisfy(unit -> assertThat(unit.startsWith("suffix:")
                                || Pattern.compile("  \"?" + Pattern.quote(unit) + "\"?[:,]")
                                        .matcher(units)
                                        .find())
                        .as(unit)
                        .isTrue());
    }

    private static List<JsonNode> targets(Dashboard dashboard) {
        List<JsonNode> targets = new ArrayList<>();
        dashboard.panels().forEach(panel -> panel.path("targets").forEach(targets::add));
        return targets;
    }

    private static String query(JsonNode target) {
        return Stream.of("query", "rawSql", "url", "target")
                .map(key -> target.path(key).asText())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
