package candlestack.analytics.compute.users;

import java.util.Arrays;

/** What users are counted by. */
enum Dimension {
    NATIONALITY("nationality"),
    COUNTRY("country"),
    AGE_GROUP("age_group"),
    MAIL_DOMAIN("mail_domain"),
    /** Profiles of which nothing is kept, by reason. */
    FILTERED("filtered");

    private final String written;

    Dimension(String written) {
        this.written = written;
    }

    String written() {
        return written;
    }

    /** The key of the tally of a group. */
    String key(String group) {
        return written + "/" + group;
    }

    /** @param key as {@link #key} made it */
    static Dimension ofKey(String key) {
        return Arrays.stream(values())
                .filter(dimension -> key.startsWith(dimension.written + "/"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid key of a tally: '" + key + "'"));
    }

    String groupOf(String key) {
        return key.substring(written.length() + 1);
    }

    boolean hasMeanAge() {
        return this == NATIONALITY || this == COUNTRY;
    }
}
