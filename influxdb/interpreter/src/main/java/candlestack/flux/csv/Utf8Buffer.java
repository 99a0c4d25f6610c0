package candlestack.flux.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of text on their way out: what takes no object to write takes none. Not thread-safe. */
final class Utf8Buffer {
    private static final int SIZE = 16 * 1024;
    private static final int LONGEST_NUMBER = 32;

    private final OutputStream target;
    private byte[] bytes = new byte[SIZE];
    private int length;

    Utf8Buffer(OutputStream target) {
        this.target = target;
    }

    /** Hands on what is here. */
    void flush() throws IOException {
        target.write(bytes, 0, length);
        length = 0;
    }

    void ascii(char character) throws IOException {
        room(1);
        bytes[length++] = (byte) character;
    }

    void append(byte[] text) throws IOException {
        if (text.length > SIZE) {
            flush();
            target.write(text);
            return;
        }
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    void append(String text) throws IOException {
        append(text.getBytes(UTF_8));
    }

    void number(long number) throws IOException {
        room(LONGEST_NUMBER);
        if (number == Long.MIN_VALUE) {
            append(Long.toString(number));
            return;
        }
        if (number < 0) {
            bytes[length++] = '-';
        }
        digits(Math.abs(number), 1);
    }

    /** A number of hundredths, thousandths and so on: its digits with a point before the last {@code scale}. */
    void decimal(long unscaled, int scale) throws IOException {
        room(LONGEST_NUMBER);
        if (unscaled < 0) {
            bytes[length++] = '-';
        }
        digits(Math.abs(unscaled), scale + 1);
        if (scale > 0) {
            System.arraycopy(bytes, length - scale, bytes, length - scale + 1, scale);
            bytes[length - scale] = '.';
            length++;
        }
    }

    /** At least so many digits, with zeros before. */
    private void digits(long number, int least) {
        int count = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            count++;
        }
        count = Math.max(count, least);
        long rest = number;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void room(int wanted) throws IOException {
        if (length + wanted > bytes.length) {
            flush();
        }
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, wanted);
        }
    }
}
