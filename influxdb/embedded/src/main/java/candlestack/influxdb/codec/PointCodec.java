package candlestack.influxdb.codec;

import candlestack.flux.storage.ColumnType;

/** Encodes a run of points of one type: their times, then their values. */
public final class PointCodec {
    private PointCodec() {}

    /**
     * @param times ascending, without duplicates; at least one
     * @param values the array that {@link ColumnType} names for {@code type}
     */
    public static byte[] encode(ColumnType type, long[] times, Object values, int count) {
        ByteSink sink = new ByteSink(64 + count * 4);
        TimeCodec.encode(times, count, sink);
        switch (type) {
            case FLOAT -> FloatCodec.encode((double[]) values, count, sink);
            case INTEGER, UNSIGNED -> IntegerCodec.encode((long[]) values, count, sink);
            case STRING -> StringCodec.encode((String[]) values, count, sink);
            case BOOLEAN -> IntegerCodec.encode(asLongs((boolean[]) values, count), count, sink);
        }
        return sink.toByteArray();
    }

    /** Fills {@code times} and {@code values}, which must have room for {@code count}. */
    public static void decode(ColumnType type, ByteSource source, long[] times, Object values, int count) {
        TimeCodec.decode(source, times, count);
        switch (type) {
            case FLOAT -> FloatCodec.decode(source, (double[]) values, count);
            case INTEGER, UNSIGNED -> IntegerCodec.decode(source, (long[]) values, count);
            case STRING -> StringCodec.decode(source, (String[]) values, count);
            case BOOLEAN -> decodeBooleans(source, (boolean[]) values, count);
        }
    }

    private static long[] asLongs(boolean[] values, int count) {
        long[] longs = new long[count];
        for (int i = 0; i < count; i++) {
            longs[i] = values[i] ? 1 : 0;
        }
        return longs;
    }

    private static void decodeBooleans(ByteSource source, boolean[] values, int count) {
        long[] longs = new long[count];
        IntegerCodec.decode(source, longs, count);
        for (int i = 0; i < count; i++) {
            values[i] = longs[i] != 0;
        }
    }
}
