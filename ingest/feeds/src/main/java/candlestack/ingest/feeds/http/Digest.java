package candlestack.ingest.feeds.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A hash over texts, each with its length, so that no two lists of texts are the same. One use. */
final class Digest {
    private final MessageDigest hash;

    Digest() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        hash.update(bytes);
        return this;
    }

    Digest add(Map<String, ?> named) {
        add(Integer.toString(named.size()));
        named.forEach((name, value) -> add(name).add(value.toString()));
        return this;
    }

    /** 128 of its bits. */
    String text() {
        return HexFormat.of().formatHex(hash.digest(), 0, 16);
    }

    /** 64 of its bits. */
    long number() {
        return ByteBuffer.wrap(hash.digest()).getLong();
    }
}
