package candlestack.local.submit;

import candlestack.local.LauncherException;
import java.util.regex.Pattern;

/**
 * A cluster manager that Spark can run on.
 *
 * @param bundled whether the checkout has all that it takes to submit to it
 */
public record Master(String url, boolean bundled) {
    private static final Pattern STANDALONE = Pattern.compile("spark://[^/,:]+:\\d+(,[^/,:]+:\\d+)*");
    private static final Pattern OTHERS = Pattern.compile("yarn|k8s://.+");

    /** @throws LauncherException saying what is accepted */
    public static Master parse(String url) {
        if (STANDALONE.matcher(url).matches()) {
            return new Master(url, true);
        }
        if (OTHERS.matcher(url).matches()) {
            return new Master(url, false);
        }
        throw LauncherException.usage(
                "Invalid --master: '" + url + "', expected spark://HOST:PORT, yarn or k8s://https://HOST:PORT");
    }

    /** Whether its executors are on this machine, where they reach what is on its loopback interface. */
    boolean local() {
        return url.startsWith("spark://127.0.0.1:") || url.startsWith("spark://localhost:");
    }
}
