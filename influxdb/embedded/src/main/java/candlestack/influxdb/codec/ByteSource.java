package candlestack.influxdb.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what {@link ByteSink} wrote. Running past the end throws {@link IndexOutOfBoundsException}. Not thread-safe. */
public final class ByteSource {
    private final ByteBuffer buffer;
    private int position;

    /** Reads from {@code position} by absolute access: the buffer's own position is neither used nor moved. */
    public ByteSource(ByteBuffer buffer, int position) {
        if (buffer.order() != ByteOrder.LITTLE_ENDIAN) {
            throw new IllegalArgumentException("Invalid buffer: not little-endian");
        }
        this.buffer = buffer;
        this.position = position;
    }

    public static ByteSource of(byte[] bytes) {
        return new ByteSource(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
    }

    public int readByte() {
        return buffer.get(position++);
    }

    public int readInt() {
        int value = buffer.getInt(position);
        position += 4;
        return value;
    }

    public long readLong() {
        long value = buffer.getLong(position);
        position += 8;
        return value;
    }

    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = buffer.get(position++);
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("Cannot read a number at byte " + position + ": it does not end");
    }

    public int readVarInt() {
        return Math.toIntExact(readVarLong());
    }

    public long readSignedVarLong() {
        long value = readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }

    public byte[] readBytes(int length) {
        byte[] bytes = new byte[length];
        buffer.get(position, bytes);
        position += length;
        return bytes;
    }

    public byte[] readSized() {
        int length = readVarInt();
        if (length < 0 || length > buffer.limit() - position) {
            throw new IndexOutOfBoundsException("length " + length + " at byte " + position);
        }
        return readBytes(length);
    }

    public int position() {
        return position;
    }

    public void skip(int bytes) {
        position += bytes;
    }

    ByteBuffer buffer() {
        return buffer;
    }
}
