package candlestack.influxdb.codec;

/** Ascending times as packed differences, in the largest unit that divides them all. */
final class TimeCodec {
    private static final long[] UNITS = {1, 1_000, 1_000_000, 1_000_000_000};

    private TimeCodec() {}

    static void encode(long[] times, int count, ByteSink sink) {
        long[] differences = new long[Math.max(0, count - 1)];
        int unit = UNITS.length - 1;
        for (int i = 1; i < count; i++) {
            long difference = times[i] - times[i - 1];
            differences[i - 1] = difference;
            while (difference % UNITS[unit] != 0) {
                unit--;
            }
        }
        for (int i = 0; i < differences.length; i++) {
            differences[i] /= UNITS[unit];
        }
        sink.putByte(unit);
        sink.putLong(times[0]);
        PackedLongs.encode(differences, 0, differences.length, sink);
    }

    static void decode(ByteSource source, long[] times, int count) {
        long unit = UNITS[source.readByte()];
        long time = source.readLong();
        PackedLongs.decode(source, times, 1, count);
        times[0] = time;
        for (int i = 1; i < count; i++) {
            time += times[i] * unit;
            times[i] = time;
        }
    }
}
