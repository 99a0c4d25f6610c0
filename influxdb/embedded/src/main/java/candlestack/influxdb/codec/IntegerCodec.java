package candlestack.influxdb.codec;

/** 64-bit integers, packed as they are or as differences, whichever is shorter. */
final class IntegerCodec {
    private static final int PLAIN = 0;
    private static final int DIFFERENCES = 1;

    private IntegerCodec() {}

    static void encode(long[] values, int count, ByteSink sink) {
        long[] differences = new long[count];
        differences[0] = values[0];
        for (int i = 1; i < count; i++) {
            differences[i] = values[i] - values[i - 1];
        }
        if (PackedLongs.width(differences, 1, count) < PackedLongs.width(values, 0, count)) {
            sink.putByte(DIFFERENCES);
            sink.putLong(values[0]);
            PackedLongs.encode(differences, 1, count, sink);
        } else {
            sink.putByte(PLAIN);
            PackedLongs.encode(values, 0, count, sink);
        }
    }

    static void decode(ByteSource source, long[] values, int count) {
        if (source.readByte() == PLAIN) {
            PackedLongs.decode(source, values, 0, count);
            return;
        }
        long value = source.readLong();
        PackedLongs.decode(source, values, 1, count);
        values[0] = value;
        for (int i = 1; i < count; i++) {
            value += values[i];
            values[i] = value;
        }
    }
}
