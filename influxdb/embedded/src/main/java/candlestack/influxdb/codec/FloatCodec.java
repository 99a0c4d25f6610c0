package candlestack.influxdb.codec;

/**
 * Doubles in the shortest of three forms: as decimal fractions (prices: 101.25 is 10125 of 1/100), as what changed
 * against the value before (Pelkonen et al., "Gorilla: A Fast, Scalable, In-Memory Time Series Database", 4.1.2), or
 * as they are.
 */
final class FloatCodec {
    private static final int RAW = 0;
    private static final int CHANGES = 1;
    private static final int DECIMAL = 2;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    private static final double LARGEST_WHOLE = 1L << 53;

    private FloatCodec() {}

    static void encode(double[] values, int count, ByteSink sink) {
        long[] scaled = new long[count];
        int power = decimalPower(values, count, scaled);
        if (power >= 0) {
            sink.putByte(DECIMAL);
            sink.putByte(power);
            IntegerCodec.encode(scaled, count, sink);
            return;
        }
        BitSink bits = new BitSink(count * 8);
        encodeChanges(values, count, bits);
        if (bits.bytes() < count * 8) {
            sink.putByte(CHANGES);
            bits.writeTo(sink);
        } else {
            sink.putByte(RAW);
            for (int i = 0; i < count; i++) {
                sink.putLong(Double.doubleToRawLongBits(values[i]));
            }
        }
    }

    static void decode(ByteSource source, double[] values, int count) {
        switch (source.readByte()) {
            case RAW -> decodeRaw(source, values, count);
            case CHANGES -> decodeChanges(new BitSource(source), values, count);
            case DECIMAL -> decodeDecimal(source, values, count);
            default -> throw new IllegalStateException("Cannot decode floats: unknown form");
        }
    }

    private static void decodeRaw(ByteSource source, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Double.longBitsToDouble(source.readLong());
        }
    }

    private static void decodeDecimal(ByteSource source, double[] values, int count) {
        double divisor = POWERS[source.readByte()];
        long[] scaled = new long[count];
        IntegerCodec.decode(source, scaled, count);
        for (int i = 0; i < count; i++) {
            values[i] = scaled[i] / divisor;
        }
    }

    /** The power of ten that makes whole numbers of all values, exactly; or -1. */
    private static int decimalPower(double[] values, int count, long[] scaled) {
        int power = 0;
        for (int i = 0; i < count; i++) {
            int needed = power;
            while (needed < POWERS.length && !isWhole(values[i], POWERS[needed])) {
                needed++;
            }
            if (needed == POWERS.length) {
                return -1;
            }
            power = needed;
        }
        for (int i = 0; i < count; i++) {
            if (!isWhole(values[i], POWERS[power])) {
                return -1;
            }
            scaled[i] = Math.round(values[i] * POWERS[power]);
        }
        return power;
    }

    private static boolean isWhole(double value, double power) {
        double product = value * power;
        if (!(Math.abs(product) < LARGEST_WHOLE)) {
            return false;
        }
        double back = Math.round(product) / power;
        return Double.doubleToRawLongBits(back) == Double.doubleToRawLongBits(value);
    }

    private static void encodeChanges(double[] values, int count, BitSink bits) {
        long previous = Double.doubleToRawLongBits(values[0]);
        bits.put(previous, 64);
        int leading = 65;
        int trailing = 0;
        for (int i = 1; i < count; i++) {
            long current = Double.doubleToRawLongBits(values[i]);
            long change = current ^ previous;
            previous = current;
            if (change == 0) {
                bits.put(0, 1);
                continue;
            }
            int zerosBefore = Long.numberOfLeadingZeros(change);
            int zerosAfter = Long.numberOfTrailingZeros(change);
            if (zerosBefore >= leading && zerosAfter >= trailing) {
                bits.put(1, 2);
            } else {
                leading = zerosBefore;
                trailing = zerosAfter;
                bits.put(3, 2);
                bits.put(leading, 6);
                bits.put(63 - leading - trailing, 6);
            }
            bits.put(change >>> trailing, 64 - leading - trailing);
        }
    }

    private static void decodeChanges(BitSource bits, double[] values, int count) {
        long current = bits.take(64);
        values[0] = Double.longBitsToDouble(current);
        int trailing = 0;
        int length = 0;
        for (int i = 1; i < count; i++) {
            if (bits.take(1) != 0) {
                if (bits.take(1) != 0) {
                    int leading = (int) bits.take(6);
                    length = (int) bits.take(6) + 1;
                    trailing = 64 - leading - length;
                }
                current ^= bits.take(length) << trailing;
            }
            values[i] = Double.longBitsToDouble(current);
        }
    }
}
