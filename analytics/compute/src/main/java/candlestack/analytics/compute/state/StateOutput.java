package candlestack.analytics.compute.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes state compactly: whole numbers in as few bytes as they need, reals in eight. */
public final class StateOutput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer = new byte[4096];
    private int length;

    /** Forgets what was written, to be used again. */
    public void reset() {
        length = 0;
    }

    /** A number that is rarely large and never negative. */
    public void unsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    /** A number that is small in either direction. */
    public void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    public void octet(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    /** A number of which any bit may be set, such as a hash. */
    public void fixed(long value) {
        ensure(8);
        LONG.set(buffer, length, value);
        length += Long.BYTES;
    }

    public void real(double value) {
        fixed(Double.doubleToRawLongBits(value));
    }

    /** Bytes and how many they are. */
    public void bytes(byte[] value) {
        unsigned(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
    }

    /** A text, which {@link StateInput#text} reads. */
    public void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    private void ensure(int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + bytes, buffer.length * 2));
        }
    }
}
