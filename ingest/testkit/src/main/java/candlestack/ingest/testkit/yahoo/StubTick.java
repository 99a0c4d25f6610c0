package candlestack.ingest.testkit.yahoo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A price as the streamer sends it. Encoded by hand, field by field, so that it checks generated code instead of being
 * made by it.
 *
 * @param time milliseconds since 1970
 * @param quoteType 8 a share, 41 a cryptocurrency, 7 a heartbeat
 * @param marketHours 0 before, 1 regular, 2 after
 * @param priceHint digits after the point
 */
public record StubTick(
        String symbol,
        float price,
        long time,
        String currency,
        String exchange,
        int quoteType,
        int marketHours,
        long dayVolume,
        int priceHint) {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;

    /** What a frame has under {@code message}. */
    public String base64() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text(bytes, 1, symbol);
        tag(bytes, 2, FOUR_BYTES);
        int bits = Float.floatToIntBits(price);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.write(bits >>> shift);
        }
        zigzag(bytes, 3, time);
        text(bytes, 4, currency);
        text(bytes, 5, exchange);
        whole(bytes, 6, quoteType);
        whole(bytes, 7, marketHours);
        zigzag(bytes, 9, dayVolume);
        zigzag(bytes, 27, priceHint);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** A frame of version 2. */
    public String frame() {
        return "{\"type\":\"pricing\",\"message\":\"" + base64() + "\"}";
    }

    private static void text(ByteArrayOutputStream bytes, int field, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        tag(bytes, field, BYTES);
        varint(bytes, encoded.length);
        bytes.writeBytes(encoded);
    }

    private static void zigzag(ByteArrayOutputStream bytes, int field, long value) {
        whole(bytes, field, (value << 1) ^ (value >> 63));
    }

    private static void whole(ByteArrayOutputStream bytes, int field, long value) {
        tag(bytes, field, VARINT);
        varint(bytes, value);
    }

    private static void tag(ByteArrayOutputStream bytes, int field, int type) {
        varint(bytes, (long) field << 3 | type);
    }

    private static void varint(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
