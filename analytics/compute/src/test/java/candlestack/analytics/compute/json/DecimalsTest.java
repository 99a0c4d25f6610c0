package candlestack.analytics.compute.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0.0",
                "1",
                "97.51",
                "-12.5",
                "0.00000001",
                "800.010000000000",
                "123456789012345678",
                "9007199254740993",
                "0.1234567890123456789",
                "1e5",
                "1.5E-3",
                "4.9e-324",
                "1.7976931348623157e308",
                "179769313486231570000000000000000000000000000000",
                "0.000000000000000000000000000000123"
            })
    void readsTheNearestDouble(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void readsTheNearestDoubleOfAnyDecimal() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            String text = random.nextLong(1_000_000_000_000_000L) + "." + random.nextInt(1_000_000);
            text = text.substring(random.nextInt(12));
            text = text.startsWith("0") ? "0" + text.substring(text.indexOf('.')) : text;
            text = text.startsWith(".") ? "0" + text : text;
            assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void writesWhatReadsAsTheSameDouble() {
        Random random = new Random(8);
        for (int i = 0; i < 200_000; i++) {
            double value = random.nextBoolean()
                    ? random.nextInt(-10_000_000, 10_000_000) / Math.pow(10, random.nextInt(9))
                    : Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(written(value)))
                        .as(written(value))
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void writesDecimalsAsAPersonWould() {
        assertThat(written(97.5)).isEqualTo("97.5");
        assertThat(written(0.05)).isEqualTo("0.05");
        assertThat(written(-0.05)).isEqualTo("-0.05");
        assertThat(written(0.00000001)).isEqualTo("0.00000001");
        assertThat(written(100)).isEqualTo("100.0");
        assertThat(written(1e15)).isEqualTo("1000000000000000.0");
    }

    @Test
    void refusesToWriteWhatIsNoNumber() {
        assertThatThrownBy(() -> new JsonWriter().begin().number("vwap", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write vwap: NaN is no JSON number");
    }

    private static double parse(String text) {
        byte[] input = ("x" + text).getBytes(UTF_8);
        return Decimals.parse(input, 1, input.length);
    }

    private static String written(double value) {
        String json = new String(new JsonWriter().begin().number("v", value).end(), UTF_8);
        return json.substring("{\"v\":".length(), json.length() - 1);
    }
}
