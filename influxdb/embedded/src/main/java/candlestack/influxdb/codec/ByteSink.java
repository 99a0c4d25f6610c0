package candlestack.influxdb.codec;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing little-endian byte array. Not thread-safe. */
public final class ByteSink {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    public ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    public void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void putInt(int value) {
        ensure(4);
        INTS.set(bytes, size, value);
        size += 4;
    }

    public void putLong(long value) {
        ensure(8);
        LONGS.set(bytes, size, value);
        size += 8;
    }

    /** Seven bits a byte, the lowest first; short for small values that are not negative. */
    public void putVarLong(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Short for values near zero on either side. */
    public void putSignedVarLong(long value) {
        putVarLong((value << 1) ^ (value >> 63));
    }

    public void putBytes(byte[] source) {
        requireNonNull(source, "source is null");
        ensure(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    /** The length, then the bytes. */
    public void putSized(byte[] source) {
        putVarLong(source.length);
        putBytes(source);
    }

    public void overwriteInt(int position, int value) {
        INTS.set(bytes, position, value);
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** Gives back memory that one large record needed. */
    public void shrinkTo(int capacity) {
        if (bytes.length > capacity) {
            bytes = new byte[capacity];
            size = 0;
        }
    }

    /** The bytes themselves, valid up to {@link #size} and until the next change. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
