package candlestack.analytics.compute.indicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every indicator of every bar against TA-Lib's own numbers, the bars where it has none included. */
class TalibTest {
    /** TA-Lib takes deviations as the difference of two means of squares, which costs it some of the last digits. */
    private static final double TOLERANCE = 1e-8;

    private final List<String[]> rows = rows();
    private final List<String> columns = Arrays.asList(rows.get(0));

    @Test
    void everyValueIsTalibs() {
        IndicatorState state = new IndicatorState();
        for (int i = 1; i < rows.size(); i++) {
            accept(state, rows.get(i));
            assertRow(state.values(), i);
        }
    }

    @Test
    void warmUpIsTalibs() {
        IndicatorState state = new IndicatorState();
        int[] firstBar = new int[Indicator.count()];
        for (int i = 1; i < rows.size(); i++) {
            accept(state, rows.get(i));
            for (Indicator indicator : Indicator.values()) {
                if (state.values().has(indicator) && firstBar[columnOf(indicator)] == 0) {
                    firstBar[columnOf(indicator)] = i;
                }
            }
        }
        assertThat(firstBar).containsExactly(20, 50, 12, 26, 34, 34, 34, 15, 20, 20, 20, 15, 21);
    }

    @Test
    void goesOnFromItsBytesAndFromACopyAsIfNothingHadHappened() {
        IndicatorState state = new IndicatorState();
        for (int i = 1; i < rows.size(); i++) {
            StateOutput output = new StateOutput();
            state.write(output);
            StateInput input = new StateInput(output.toBytes());
            IndicatorState read = new IndicatorState();
            read.read(input);
            assertThat(input.atEnd()).isTrue();
            state = new IndicatorState();
            state.copyFrom(read);
            accept(state, rows.get(i));
            assertRow(state.values(), i);
        }
    }

    @Test
    void hasNothingToSayBeforeTheFirstBar() {
        IndicatorState state = new IndicatorState();

        assertThat(state.values()).isEqualTo(IndicatorValues.NONE);
        assertThat(state.lastClose()).isNaN();
    }

    @Test
    void pricesThatDoNotMoveHaveNoWidthAndNoStrength() {
        IndicatorState state = new IndicatorState();
        for (int i = 0; i < 60; i++) {
            state.accept(0.1, 0.1, 0.1);
        }
        IndicatorValues values = state.values();

        assertThat(values.get(Indicator.RSI_14)).isZero();
        assertThat(values.get(Indicator.ATR_14)).isZero();
        assertThat(values.get(Indicator.VOLATILITY_20)).isZero();
        assertThat(values.get(Indicator.BB_UPPER)).isCloseTo(0.1, offset(1e-15));
        assertThat(values.get(Indicator.SMA_50)).isCloseTo(0.1, offset(1e-15));
    }

    private void assertRow(IndicatorValues values, int row) {
        for (Indicator indicator : Indicator.values()) {
            String expected = rows.get(row)[columns.indexOf(indicator.field())];
            if (expected.isEmpty()) {
                assertThat(values.has(indicator))
                        .as("%s on bar %d", indicator, row)
                        .isFalse();
            } else {
                assertThat(values.get(indicator))
                        .as("%s on bar %d", indicator, row)
                        .isCloseTo(Double.parseDouble(expected), offset(TOLERANCE));
            }
        }
    }

    private void accept(IndicatorState state, String[] row) {
        state.accept(Double.parseDouble(row[0]), Double.parseDouble(row[1]), Double.parseDouble(row[2]));
    }

    private static int columnOf(Indicator indicator) {
        return List.of(Indicator.values()).indexOf(indicator);
    }

    private static List<String[]> rows() {
        try (InputStream input = TalibTest.class.getResourceAsStream("/talib-apple-2013.csv")) {
            return new String(input.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
