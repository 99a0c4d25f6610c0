package candlestack.analytics.compute.state;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link StateOutput} has written; state that ends early is an {@link IndexOutOfBoundsException}. */
public final class StateInput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] input;
    private int position;

    public StateInput(byte[] input) {
        this.input = requireNonNull(input, "input is null");
    }

    public long unsigned() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = input[position++];
            value |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    public long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    public int octet() {
        return input[position++] & 0xff;
    }

    public long fixed() {
        long value = (long) LONG.get(input, position);
        position += Long.BYTES;
        return value;
    }

    public double real() {
        return Double.longBitsToDouble(fixed());
    }

    public byte[] bytes() {
        int length = Math.toIntExact(unsigned());
        byte[] value = Arrays.copyOfRange(input, position, position + length);
        position += length;
        return value;
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Whether all has been read. */
    public boolean atEnd() {
        return position == input.length;
    }
}
