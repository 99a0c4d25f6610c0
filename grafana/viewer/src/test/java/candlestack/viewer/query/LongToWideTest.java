package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongToWideTest {
    private static final Field TIME = new Field("time", FieldType.TIME, Map.of(), List.of(2L, 1L, 1L));

    @Test
    void aColumnCalledMetricNamesTheSeries() {
        Frame wide = LongToWide.convert(new Frame(
                "",
                List.of(
                        TIME,
                        new Field("metric", FieldType.STRING, Map.of(), List.of("a", "a", "b")),
                        new Field("value", FieldType.NUMBER, Map.of(), List.of(20, 10, 11)))));

        assertThat(wide.fields())
                .containsExactly(
                        new Field("time", FieldType.TIME, Map.of(), List.of(1L, 2L)),
                        new Field("a", FieldType.NUMBER, Map.of(), List.of(10, 20)),
                        new Field("b", FieldType.NUMBER, Map.of(), Arrays.asList(11, null)));
    }

    @Test
    void otherTextsAreLabels() {
        Frame wide = LongToWide.convert(new Frame(
                "",
                List.of(
                        TIME,
                        new Field("region", FieldType.STRING, Map.of(), List.of("n", "n", "s")),
                        new Field("votes", FieldType.NUMBER, Map.of(), List.of(20, 10, 11)))));

        assertThat(wide.fields().get(1))
                .isEqualTo(new Field("votes", FieldType.NUMBER, Map.of("region", "n"), List.of(10, 20)));
    }

    @Test
    void aSeriesNeedsATime() {
        assertThatThrownBy(() -> LongToWide.convert(new Frame("", List.of())))
                .hasMessage("Cannot draw a time series: no column is a time");
    }
}
