package candlestack.influxdb.codec;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.flux.storage.ColumnType;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class PointCodecTest {
    private static final int COUNT = 1024;
    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(1);

    @Test
    void regularTimesTakeNoSpaceForEachPoint() {
        byte[] bytes = PointCodec.encode(ColumnType.FLOAT, times(i -> i * SECOND), new double[COUNT], COUNT);

        assertThat(bytes.length).isLessThan(64);
    }

    @Test
    void pricesWithTwoDecimalsTakeLessThanTwoBytes() {
        double[] prices = new double[COUNT];
        long cents = 6_512_345;
        for (int i = 0; i < COUNT; i++) {
            cents += random.nextInt(1001) - 500;
            prices[i] = cents / 100.0;
        }

        byte[] bytes = PointCodec.encode(ColumnType.FLOAT, times(i -> i * SECOND), prices, COUNT);

        assertThat(bytes.length).isLessThan(2 * COUNT);
        assertThat(decodedFloats(bytes)).containsExactly(prices);
    }

    @Test
    void floatsComeBackToTheBit() {
        assertFloats(i -> 0.1 * i);
        assertFloats(i -> Math.sin(i));
        assertFloats(i -> i % 2 == 0 ? -0.0 : 0.0);
        assertFloats(i -> Double.longBitsToDouble(random.nextLong()));
        assertFloats(i -> 1e300 / (i + 1));
        assertFloats(i -> i % 7 == 0 ? 1e-9 : 123456.789);
        assertFloats(i -> 9007199254740992.0 + i);
        assertFloats(i -> i % 3 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY);
    }

    @Test
    void integersComeBack() {
        assertIntegers(i -> i);
        assertIntegers(i -> random.nextLong());
        assertIntegers(i -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
        assertIntegers(i -> 42);
        assertIntegers(i -> (1L << 57) * (i % 3));
        assertIntegers(i -> random.nextLong() >>> 7);
    }

    @Test
    void timesComeBackWhateverTheirDistances() {
        assertTimes(i -> i * 1_000_000L);
        assertTimes(i -> i * SECOND + (i * 7919) % 1_000_000);
        assertTimes(i -> Long.MIN_VALUE + 2 + i * (Long.MAX_VALUE / 600));
    }

    @Test
    void textsAndBooleansComeBack() {
        String[] texts = new String[COUNT];
        boolean[] flags = new boolean[COUNT];
        for (int i = 0; i < COUNT; i++) {
            texts[i] = i % 5 == 0 ? "" : "Überschrift " + random.nextInt(20);
            flags[i] = random.nextBoolean();
        }
        long[] times = times(i -> i);

        Object[] decodedTexts = new String[COUNT];
        decode(ColumnType.STRING, PointCodec.encode(ColumnType.STRING, times, texts, COUNT), decodedTexts);
        boolean[] decodedFlags = new boolean[COUNT];
        decode(ColumnType.BOOLEAN, PointCodec.encode(ColumnType.BOOLEAN, times, flags, COUNT), decodedFlags);

        assertThat(decodedTexts).isEqualTo(texts);
        assertThat(decodedFlags).isEqualTo(flags);
    }

    @Test
    void runsOfAnyLengthComeBack() {
        for (int count = 1; count < 70; count++) {
            double[] values = random.doubles(count).toArray();
            long[] times = Arrays.copyOf(times(i -> i * i), count);
            byte[] bytes = PointCodec.encode(ColumnType.FLOAT, times, values, count);

            long[] decodedTimes = new long[count];
            double[] decoded = new double[count];
            PointCodec.decode(ColumnType.FLOAT, ByteSource.of(bytes), decodedTimes, decoded, count);

            assertThat(decodedTimes).isEqualTo(times);
            assertThat(decoded).isEqualTo(values);
        }
    }

    private void assertFloats(DoubleUnaryOperator value) {
        double[] values = new double[COUNT];
        Arrays.setAll(values, value::applyAsDouble);
        byte[] bytes = PointCodec.encode(ColumnType.FLOAT, times(i -> i), values, COUNT);

        double[] decoded = decodedFloats(bytes);

        for (int i = 0; i < COUNT; i++) {
            assertThat(Double.doubleToRawLongBits(decoded[i])).isEqualTo(Double.doubleToRawLongBits(values[i]));
        }
    }

    private void assertIntegers(LongUnaryOperator value) {
        long[] values = times(value);
        byte[] bytes = PointCodec.encode(ColumnType.INTEGER, times(i -> i), values, COUNT);
        long[] decoded = new long[COUNT];

        decode(ColumnType.INTEGER, bytes, decoded);

        assertThat(decoded).isEqualTo(values);
    }

    private void assertTimes(LongUnaryOperator time) {
        long[] times = times(time);
        byte[] bytes = PointCodec.encode(ColumnType.FLOAT, times, new double[COUNT], COUNT);
        long[] decoded = new long[COUNT];

        PointCodec.decode(ColumnType.FLOAT, ByteSource.of(bytes), decoded, new double[COUNT], COUNT);

        assertThat(decoded).isEqualTo(times);
    }

    private static double[] decodedFloats(byte[] bytes) {
        double[] decoded = new double[COUNT];
        decode(ColumnType.FLOAT, bytes, decoded);
        return decoded;
    }

    private static void decode(ColumnType type, byte[] bytes, Object values) {
        PointCodec.decode(type, ByteSource.of(bytes), new long[COUNT], values, COUNT);
    }

    private static long[] times(LongUnaryOperator time) {
        long[] times = new long[COUNT];
        Arrays.setAll(times, i -> time.applyAsLong(i));
        return times;
    }
}
