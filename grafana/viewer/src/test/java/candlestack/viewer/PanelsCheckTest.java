package candlestack.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.viewer.check.Answer;
import candlestack.viewer.check.PanelsCheck;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.query.QueryException;
import candlestack.viewer.stub.StubViewer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelsCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"market", "symbol", "votes", "users", "devices", "series", "pipeline"})
    void countsTheRowsOfEveryTarget(String uid) {
        try (StubViewer viewer = StubViewer.start()) {
            List<Answer> answers = new PanelsCheck(URI.create(viewer.url()), StubViewer.GRAFANA).run(uid);

            assertThat(answers).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.error()).isEmpty();
                assertThat(answer.rows()).as(answer.target()).isPositive();
            });
        }
    }

    @Test
    void tellsWhichTargetFailsAndWhy() {
        Map<String, QueryEngine> broken = Map.of("influxdb", (target, scope, cancellation) -> {
            throw new QueryException("out of order");
        });
        try (StubViewer viewer = StubViewer.start(StubViewer.GRAFANA, broken)) {
            PanelsCheck check = new PanelsCheck(URI.create(viewer.url()), StubViewer.GRAFANA);

            assertThat(check.run("market"))
                    .contains(new Answer("market / Quotes per second / A", 0, "out of order"))
                    .anyMatch(answer -> answer.rows() > 0);
            assertThatThrownBy(() -> check.run("none")).hasMessage("Cannot find dashboard 'none'");
        }
    }
}
