package candlestack.flux.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A sequence of bytes. */
public record Bytes(ByteBuffer content) {
    public static Bytes of(String text) {
        return new Bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }

    /** Decoded as UTF-8. */
    public String text() {
        return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
    }

    /** In hexadecimal digits. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("0x");
        for (int i = 0; i < content.limit(); i++) {
            text.append(String.format("%02x", content.get(i)));
        }
        return text.toString();
    }
}
