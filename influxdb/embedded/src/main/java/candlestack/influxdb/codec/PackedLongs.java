package candlestack.influxdb.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers as their distance from the smallest one, each in as many bits as the largest distance needs: equal numbers
 * take no bits at all.
 */
final class PackedLongs {
    /** A read of 8 bytes at any bit offset yields at least this many bits; wider ones are stored whole. */
    private static final int WIDEST = 57;

    private PackedLongs() {}

    static int width(long[] values, int from, int to) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        return from >= to ? 0 : usable(64 - Long.numberOfLeadingZeros(max - min));
    }

    /** Ends with 8 bytes of padding, so that a reader may read whole longs. */
    static void encode(long[] values, int from, int to, ByteSink sink) {
        int width = width(values, from, to);
        long min = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            min = Math.min(min, values[i]);
        }
        sink.putByte(width);
        sink.putSignedVarLong(from >= to ? 0 : min);
        long pending = 0;
        int bits = 0;
        for (int i = from; i < to && width > 0; i++) {
            long value = values[i] - min;
            pending |= value << bits;
            bits += width;
            if (bits >= 64) {
                sink.putLong(pending);
                bits -= 64;
                pending = bits == 0 ? 0 : value >>> (width - bits);
            }
        }
        sink.putLong(pending);
        if (bits > 0) {
            sink.putLong(0);
        }
    }

    static void decode(ByteSource source, long[] values, int from, int to) {
        int width = source.readByte();
        long min = source.readSignedVarLong();
        int start = source.position();
        ByteBuffer buffer = source.buffer();
        if (width == 0) {
            Arrays.fill(values, from, to, min);
        } else if (width == 64) {
            for (int i = from; i < to; i++) {
                values[i] = buffer.getLong(start + (i - from) * 8) + min;
            }
        } else {
            long mask = (1L << width) - 1;
            long bit = 0;
            for (int i = from; i < to; i++) {
                values[i] = ((buffer.getLong(start + (int) (bit >>> 3)) >>> (bit & 7)) & mask) + min;
                bit += width;
            }
        }
        source.skip(encodedBytes(width, to - from));
    }

    private static int encodedBytes(int width, int count) {
        long bits = (long) width * count;
        long whole = (bits >>> 6) * 8;
        return (int) (whole + ((bits & 63) == 0 ? 8 : 16));
    }

    private static int usable(int width) {
        return width > WIDEST ? 64 : width;
    }
}
