package candlestack.influxdb.codec;

/** Reads what {@link BitSink} wrote. */
final class BitSource {
    private final ByteSource words;
    private long pending;
    private int left;

    BitSource(ByteSource words) {
        this.words = words;
    }

    /** The next {@code count} bits, 1 to 64 of them. */
    long take(int count) {
        if (left == 0) {
            refill();
        }
        long bits = pending;
        int missing = count - left;
        if (missing > 0) {
            int had = left;
            refill();
            bits |= pending << had;
            consume(missing);
        } else {
            consume(count);
        }
        return count == 64 ? bits : bits & ((1L << count) - 1);
    }

    private void refill() {
        pending = words.readLong();
        left = 64;
    }

    private void consume(int count) {
        pending = count == 64 ? 0 : pending >>> count;
        left -= count;
    }
}
