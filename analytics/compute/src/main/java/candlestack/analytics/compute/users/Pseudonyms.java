package candlestack.analytics.compute.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for a mail address or a telephone number: its HMAC-SHA256. Without the key nobody can find out by trying
 * whom it stands for; with it, the same person is still known to be the same. Safe for use by several threads.
 *
 * <p>A pseudonym begins with the id of its key, so that those of a key that was replaced are told apart.
 */
public final class Pseudonyms implements Serializable {
    private static final long serialVersionUID = 1;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_KEY_BYTES = 32;
    private static final int ID_DIGITS = 8;

    private final byte[] key;
    private final String keyId;

    /**
     * @param secret at least 32 bytes as text
     * @throws IllegalArgumentException if it is shorter; the message does not show it
     */
    public Pseudonyms(String secret) {
        this.key = requireNonNull(secret, "secret is null").getBytes(UTF_8);
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("Invalid key of pseudonyms: " + key.length + " bytes, expected at least "
                    + LEAST_KEY_BYTES + " from a good source of randomness");
        }
        this.keyId = hmac("key id").substring(0, ID_DIGITS);
    }

    /** Tells the key from others, and nothing about it. */
    public String keyId() {
        return keyId;
    }

    /** Of a mail address, in whatever case it is written; empty for none. */
    public String ofMail(String address) {
        return of(address.strip().toLowerCase(Locale.ROOT));
    }

    /** Of a telephone number, however its digits are grouped; empty for none. */
    public String ofPhone(String number) {
        return of(number.replaceAll("[^\\p{L}\\p{N}+]", ""));
    }

    private String of(String plain) {
        return plain.isEmpty() ? "" : keyId + ":" + hmac(plain);
    }

    private String hmac(String plain) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(plain.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Pseudonyms[" + keyId + "]";
    }
}
