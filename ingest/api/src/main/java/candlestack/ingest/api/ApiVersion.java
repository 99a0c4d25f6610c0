package candlestack.ingest.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of this package, apart from the product's. The major number is raised when a source that was compiled
 * before no longer runs, the minor one when something is added. A plugin may say in its manifest which one it was
 * written for, as {@value #MANIFEST_ATTRIBUTE}; the host then refuses it with a reason instead of running into a
 * method that is not there.
 */
public record ApiVersion(int major, int minor) {
    /** The attribute of a plugin's manifest, such as {@code Candlestack-Api-Version: 1.0}. */
    public static final String MANIFEST_ATTRIBUTE = "Candlestack-Api-Version";

    private static final ApiVersion CURRENT = new ApiVersion(1, 0);
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /** @throws IllegalArgumentException if a number is negative */
    public ApiVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("Invalid version: " + major + "." + minor);
        }
    }

    /** The version of the package that is running. */
    public static ApiVersion current() {
        return CURRENT;
    }

    /** @throws IllegalArgumentException if it is not written as {@code 1.0} */
    public static ApiVersion parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Invalid version: '" + text + "', expected two numbers such as 1.0");
        }
        return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether what was written for {@code other} runs with this one. */
    public boolean runs(ApiVersion other) {
        return major == other.major && minor >= other.minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
