package candlestack.influxdb.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a larger array as a key of a hash map: the measurement and tags of a line, as they were written. */
final class KeySlice {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private byte[] bytes;
    private int from;
    private int to;
    private int hash;

    /** Points this key at other bytes; only for keys that are in no map. */
    KeySlice of(byte[] newBytes, int newFrom, int newTo) {
        bytes = newBytes;
        from = newFrom;
        to = newTo;
        hash = hash(newBytes, newFrom, newTo);
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySlice slice
                && hash == slice.hash
                && Arrays.equals(bytes, from, to, slice.bytes, slice.from, slice.to);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            hash = (hash ^ (long) LONGS.get(bytes, i)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        for (; i < to; i++) {
            hash = (hash ^ bytes[i]) * MULTIPLIER;
        }
        hash ^= hash >>> 32;
        return (int) (hash * MULTIPLIER >>> 32);
    }
}
