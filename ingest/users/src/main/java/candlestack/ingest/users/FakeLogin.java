package candlestack.ingest.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Somebody's account, with the secrets that the API gives away and analytics takes out. */
record FakeLogin(UUID uuid, String username, String password, String salt) {
    private static final List<String> COLOURS =
            List.of("amber", "black", "blue", "brown", "golden", "green", "lazy", "orange", "quiet", "red", "silver");
    private static final List<String> ANIMALS =
            List.of("bear", "cat", "deer", "dog", "frog", "lion", "mouse", "otter", "owl", "panda", "swan", "tiger");
    private static final String VERSION_4 = "4";

    static FakeLogin draw(Random random) {
        String username = COLOURS.get(random.nextInt(COLOURS.size()))
                + ANIMALS.get(random.nextInt(ANIMALS.size()))
                + (100 + random.nextInt(900));
        return new FakeLogin(uuid(random), username, hex(random, 5), hex(random, 4));
    }

    /** Of version 4, like the API's. */
    private static UUID uuid(Random random) {
        String digits = hex(random, 16);
        return UUID.fromString(digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-" + VERSION_4
                + digits.substring(13, 16) + "-" + "89ab".charAt(random.nextInt(4)) + digits.substring(17, 20) + "-"
                + digits.substring(20));
    }

    private static String hex(Random random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    void write(ObjectNode json) {
        json.put("uuid", uuid.toString())
                .put("username", username)
                .put("password", password)
                .put("salt", salt)
                .put("md5", digest("MD5"))
                .put("sha1", digest("SHA-1"))
                .put("sha256", digest("SHA-256"));
    }

    private String digest(String algorithm) {
        try {
            byte[] salted = (password + salt).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(salted));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
