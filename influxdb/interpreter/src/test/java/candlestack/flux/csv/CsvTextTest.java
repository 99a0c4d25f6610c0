package candlestack.flux.csv;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.flux.value.Time;
import candlestack.flux.value.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quick ways to write numbers and times give what the library's own give. */
class CsvTextTest {
    private final Random random = new Random(3);

    @Test
    void timesReadAsTheLibraryWritesThem() {
        long[] remarkable = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 951_782_400_000_000_000L, 1_100_000_000L};
        for (long time : remarkable) {
            assertThat(text(time)).isEqualTo(new Time(time).toString());
        }
        for (int i = 0; i < 20_000; i++) {
            long time = random.nextLong() / (random.nextBoolean() ? 1 : 1_000_000) * (random.nextBoolean() ? 1 : 1000);
            assertThat(text(time)).isEqualTo(new Time(time).toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0.0,-0",
        "1,1",
        "-12.5,-12.5",
        "0.1,0.1",
        "1e-8,0.00000001",
        "1e-9,0.000000001",
        "123456.789,123456.789",
        "0.30000000000000004,0.30000000000000004",
        "1e21,1000000000000000000000",
        "999999999999999,999999999999999",
        "1e15,1000000000000000",
        "1.5e300,15E299",
        "NaN,NaN",
        "Infinity,+Inf",
        "-Infinity,-Inf",
        "5e-324,5E-324"
    })
    void numbersHaveTheirShortestText(double value, String text) {
        String expected = text.contains("E") ? new BigDecimal(text).toPlainString() : text;

        assertThat(Values.format(value)).isEqualTo(expected);
    }

    @Test
    void numbersReadBackAsTheyWere() throws IOException {
        for (int i = 0; i < 50_000; i++) {
            double value =
                    switch (i % 3) {
                        case 0 -> random.nextInt(10_000_000) / 100.0;
                        case 1 -> Double.longBitsToDouble(random.nextLong());
                        default -> random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
                    };
            if (!Double.isFinite(value)) {
                continue;
            }
            assertThat(Double.parseDouble(Values.format(value))).isEqualTo(value);
            int scale = Values.decimalScale(value);
            if (scale >= 0) {
                assertThat(decimal(value, scale)).isEqualTo(Values.format(value));
            }
        }
    }

    @Test
    void integersAreWrittenWhole() throws IOException {
        for (long number : new long[] {0, 9, 10, -10, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            Utf8Buffer buffer = new Utf8Buffer(target);
            buffer.number(number);
            buffer.flush();
            assertThat(target.toString(US_ASCII)).isEqualTo(Long.toString(number));
        }
    }

    private static String decimal(double value, int scale) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        Utf8Buffer buffer = new Utf8Buffer(target);
        buffer.decimal(Values.unscaled(value, scale), scale);
        buffer.flush();
        return target.toString(US_ASCII);
    }

    private static String text(long time) {
        return new String(TimeText.of(time), US_ASCII);
    }
}
