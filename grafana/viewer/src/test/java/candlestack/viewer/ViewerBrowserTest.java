package candlestack.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.viewer.browser.Browser;
import candlestack.viewer.browser.Page;
import candlestack.viewer.query.Frame;
import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.stub.StubViewer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser, over made-up data. Skipped where there is no Chromium. */
class ViewerBrowserTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Every panel in sight has been drawn or has said that there is nothing to draw. */
    private static final String SETTLED = """
            [...document.querySelectorAll('.panel')].length > 0 && [...document.querySelectorAll('.panel')]
              .filter((panel) => panel.offsetParent && panel.getBoundingClientRect().top < innerHeight)
              .every((panel) => panel.dataset.state)""";

    private static final String MEASURES =
            "performance.getEntriesByType('measure').filter((m) => m.name.startsWith('panel'))";

    private static Browser browser;
    private static StubViewer viewer;

    @TempDir
    Path folder;

    private Page page;

    @BeforeAll
    static void start() {
        Optional<Path> executable = Browser.find();
        Assumptions.assumeTrue(executable.isPresent(), "no Chromium on the search path");
        browser = Browser.start(executable.get());
        viewer = StubViewer.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            viewer.close();
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        page = browser.open(1600, 1000);
    }

    @AfterEach
    void close() {
        page.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"market", "symbol", "votes", "users", "devices", "series", "pipeline"})
    void everyDashboardIsDrawnWithoutAWordInTheConsole(String uid) {
        page.resize(1600, 2200);
        show(viewer, "/d/" + uid);

        page.screenshot(SCREENSHOTS.resolve(uid + ".png"));
        assertThat(states("error")).isEmpty();
        assertThat(states("empty")).isEmpty();
        assertThat(texts(".panel-warning:not([hidden])", "title")).isEmpty();
        assertThat(page.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"market", "symbol"})
    void isDrawnInLightAndOnAPhone(String uid) {
        show(viewer, "/d/" + uid + "?theme=light");
        page.screenshot(SCREENSHOTS.resolve(uid + "-light.png"));
        page.resize(400, 860);
        show(viewer, "/d/" + uid);
        page.screenshot(SCREENSHOTS.resolve(uid + "-phone.png"));

        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(400);
        assertThat(states("error")).isEmpty();
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void theCandlestickMovesWhenDataArrives() {
        show(viewer, "/d/symbol?var-interval=1s&from=now-1m&to=now&refresh=1s");
        String before = page.evaluate("document.querySelector('.price-badge').textContent")
                .asText();

        patience()
                .until(() -> !page.evaluate("document.querySelector('.price-badge').textContent")
                        .asText()
                        .equals(before));
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void aVariableReachesEveryPanelAndTheAddress() {
        show(viewer, "/d/symbol?refresh=");
        viewer.log().clear();

        page.evaluate("document.querySelector('[data-variable=symbol]').click()");
        page.evaluate(
                "[...document.querySelectorAll('.options button')].find((b) => b.textContent === 'TEC1').click()");

        patience().until(() -> page.evaluate("location.search").asText().contains("var-symbol=TEC1"));
        patience()
                .untilAsserted(() -> assertThat(viewer.log().texts())
                        .filteredOn(text -> !text.contains("schema."))
                        .hasSizeGreaterThanOrEqualTo(10)
                        .allMatch(text -> text.contains("TEC1")));
        assertThat(texts(".panel-title", "textContent")).contains("TEC1, 1m");
    }

    @Test
    void draggingZoomsInAndAKeyPairZoomsOut() {
        show(viewer, "/d/symbol?from=now-1h&to=now&refresh=");

        page.mouse("mousePressed", 400, 400);
        page.mouse("mouseMoved", 600, 400);
        page.mouse("mouseMoved", 800, 400);
        page.mouse("mouseReleased", 800, 400);

        patience()
                .until(() -> page.evaluate("new URLSearchParams(location.search).get('from')")
                        .asText()
                        .matches("\\d{13}"));
        long width = page.evaluate(
                        "(([f, t]) => t - f)(['from', 'to'].map((n) => new URLSearchParams(location.search).get(n)))")
                .asLong();
        assertThat(width)
                .isBetween(
                        Duration.ofMinutes(12).toMillis(),
                        Duration.ofMinutes(20).toMillis());

        page.press("t");
        page.press("z");
        patience().until(() -> page.evaluate("location.search").asText().contains("from=now-1h"));
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void theCrosshairIsSharedAndSaysTheValues() {
        show(viewer, "/d/symbol?refresh=");

        page.mouse("mouseMoved", 700, 420);

        patience()
                .until(() -> page.evaluate("document.querySelectorAll('.plot-line:not([hidden])').length")
                                .asInt()
                        >= 2);
        assertThat(page.evaluate("document.querySelector('.type-candlestick .tip').textContent")
                        .asText())
                .contains("Open", "High", "Low", "Close", "Volume", "SMA 20");
    }

    @Test
    void keysOpenTheHelpAndKiosk() {
        show(viewer, "/d/market?refresh=");

        page.press("?");
        assertThat(page.evaluate("document.querySelector('.sheet h2').textContent")
                        .asText())
                .isEqualTo("Keys");
        page.press("?");
        page.press("d");
        page.press("k");

        assertThat(page.evaluate("document.querySelector('.overlay')").isNull()).isTrue();
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.toolbar')).display")
                        .asText())
                .isEqualTo("none");
        assertThat(page.evaluate("location.search").asText()).endsWith("&kiosk");
    }

    @Test
    void aSymbolOfTheWatchListLeadsToItsPageAtTheSameTime() {
        show(viewer, "/d/market?from=now-3h&to=now&refresh=");

        page.evaluate("[...document.querySelectorAll('.table td a')].find((a) => a.textContent === 'TEC2').click()");

        patience().until(() -> page.evaluate("location.pathname").asText().equals("/d/symbol"));
        assertThat(page.evaluate("location.search").asText()).contains("var-symbol=TEC2", "from=now-3h", "to=now");
    }

    @Test
    void twelveLivePanelsTakeLessThanATenthOfASecondOfScripting() {
        page.resize(1600, 2200);
        show(viewer, "/d/pipeline?refresh=");
        refresh();
        refresh();

        double best = Double.MAX_VALUE;
        for (int i = 0; i < 6; i++) { // the quickest, since the machine may be busy with something else
            page.evaluate("performance.clearMeasures()");
            refresh();
            JsonNode measured = page.evaluate("(() => { const all = " + MEASURES + ";"
                    + " return [all.length, all.reduce((sum, m) => sum + m.duration, 0)]; })()");
            assertThat(measured.path(0).asInt()).isGreaterThanOrEqualTo(12);
            best = Math.min(best, measured.path(1).asDouble() / measured.path(0).asInt() * 12);
        }

        System.out.printf("12 live panels: %.1f ms of scripting a refresh%n", best);
        assertThat(best).isLessThan(100);
    }

    @Test
    void eightHoursOfSecondsDoNotFreezeThePage() {
        QueryEngine seconds = (target, scope, cancellation) -> {
            List<Object> times = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            long from = scope.range().from().toEpochMilli();
            for (int i = 0; i < 8 * 3600; i++) {
                times.add(from + i * 1000L);
                values.add(Math.sin(i / 900.0) + Math.random() / 10);
            }
            return List.of(new Frame(
                    "",
                    List.of(
                            new Field("Time", FieldType.TIME, Map.of(), times),
                            new Field("value", FieldType.NUMBER, Map.of(), values))));
        };
        try (StubViewer other = StubViewer.start(StubViewer.GRAFANA, Map.of("influxdb", seconds))) {
            show(other, "/d/series?from=now-8h&to=now&refresh=&viewPanel=2");

            double quickest = Double.MAX_VALUE;
            for (int i = 0; i < 6; i++) {
                page.evaluate("performance.clearMeasures()");
                page.press("r");
                patience().until(() -> page.evaluate(MEASURES + ".length").asInt() > 0);
                quickest = Math.min(
                        quickest, page.evaluate(MEASURES + "[0].duration").asDouble());
            }
            System.out.printf("28,800 points on a panel: %.0f ms%n", quickest);
            assertThat(quickest).isLessThan(300);
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void aPanelThatCannotBeDrawnSaysSo() throws IOException {
        Files.createDirectories(folder.resolve("dashboards"));
        Files.writeString(folder.resolve("dashboards/odd.json"), """
                {"uid":"odd","title":"Odd","panels":[
                 {"id":1,"type":"heatmap","title":"Heat","gridPos":{"x":0,"y":0,"w":12,"h":6},
                  "targets":[{"refId":"A","datasource":{"uid":"influx"},"query":"x"}]},
                 {"id":2,"type":"stat","title":"Shape","gridPos":{"x":12,"y":0,"w":12,"h":6},
                  "transformations":[{"id":"heatmap","options":{}}],
                  "targets":[{"refId":"A","datasource":{"uid":"influx"},"query":"x"}]},
                 {"id":3,"type":"stat","title":"Store","gridPos":{"x":0,"y":6,"w":12,"h":6},
                  "targets":[{"refId":"A","datasource":{"uid":"none"},"query":"x"}]},
                 {"id":4,"type":"text","title":"Note","gridPos":{"x":12,"y":6,"w":12,"h":6},
                  "options":{"mode":"markdown","content":"# Hi <img src=x onerror=alert(1)>\\n[x](javascript:alert(1))"}}]}""");
        try (StubViewer other = StubViewer.start(folder, Map.of())) {
            show(other, "/d/odd");

            assertThat(texts(".panel-message:not([hidden])", "textContent"))
                    .containsExactly(
                            "The viewer cannot draw a panel of type 'heatmap'",
                            "The viewer cannot draw the transformation 'heatmap'",
                            "Cannot find data source 'none' in provisioning/datasources");
            assertThat(page.evaluate("document.querySelector('.text').textContent")
                            .asText())
                    .contains("<img src=x onerror=alert(1)>");
            assertThat(page.evaluate("document.querySelector('.text a').getAttribute('href')")
                            .asText())
                    .isEqualTo("#");
        }
    }

    @Test
    void aChangedFileShowsWithoutAReload() throws IOException {
        Files.createDirectories(folder.resolve("dashboards"));
        Path file = folder.resolve("dashboards/live.json");
        String dashboard = """
                {"uid":"live","title":"Live","refresh":"1s","time":{"from":"now-5m","to":"now"},"panels":[
                 {"id":1,"type":"stat","title":"%s","gridPos":{"x":0,"y":0,"w":12,"h":6},
                  "targets":[{"refId":"A","datasource":{"uid":"influx"},"query":"x"}]}]}""";
        Files.writeString(file, dashboard.formatted("Before"));
        try (StubViewer other = StubViewer.start(folder, Map.of())) {
            show(other, "/d/live");
            Files.writeString(file, dashboard.formatted("After it"));

            patience().until(() -> texts(".panel-title", "textContent").equals(List.of("After it")));
        }
    }

    private void show(StubViewer server, String path) {
        page.go(server.url() + path);
        patience().until(() -> page.evaluate(SETTLED).asBoolean());
    }

    /** Asks for all panels and waits for their answers. */
    private void refresh() {
        String counts =
                "[...document.querySelectorAll('.panel')].reduce((sum, p) => sum + Number(p.dataset.drawn || 0), 0)";
        int before = page.evaluate(counts).asInt();
        page.press("r");
        patience()
                .until(() -> page.evaluate(counts).asInt() > before + 12
                        && page.evaluate("!document.querySelector('.tool.busy')")
                                .asBoolean());
    }

    private List<String> states(String state) {
        return texts(".panel[data-state=" + state + "]", "ariaLabel");
    }

    private List<String> texts(String selector, String property) {
        List<String> texts = new ArrayList<>();
        page.evaluate("[...document.querySelectorAll('" + selector + "')].map((e) => e." + property + ")")
                .forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static ConditionFactory patience() {
        return await().ignoreExceptions().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(30));
    }
}
