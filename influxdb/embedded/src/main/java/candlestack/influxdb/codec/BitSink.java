package candlestack.influxdb.codec;

/** Bits, the lowest first. */
final class BitSink {
    private final ByteSink words;
    private long pending;
    private int used;

    BitSink(int capacity) {
        words = new ByteSink(capacity + 16);
    }

    /** Appends the {@code count} lowest bits, 1 to 64 of them. */
    void put(long value, int count) {
        long bits = count == 64 ? value : value & ((1L << count) - 1);
        pending |= bits << used;
        used += count;
        if (used >= 64) {
            words.putLong(pending);
            used -= 64;
            pending = used == 0 ? 0 : bits >>> (count - used);
        }
    }

    int bytes() {
        return words.size() + 8;
    }

    void writeTo(ByteSink sink) {
        words.putLong(pending);
        sink.putBytes(words.toByteArray());
    }
}
