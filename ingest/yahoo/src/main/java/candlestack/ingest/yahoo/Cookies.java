package candlestack.ingest.yahoo;

import java.net.HttpCookie;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The cookies Yahoo gave us, by name. All hosts that we ask are Yahoo's and its cookies are for all of them, so domains
 * and paths are not kept. Immutable.
 */
record Cookies(Map<String, String> values) {
    static final Cookies NONE = new Cookies(Map.of());

    Cookies {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** These and those of an answer's {@code Set-Cookie} headers; what is malformed or expired is left out. */
    Cookies with(List<String> setCookie) {
        Map<String, String> merged = new TreeMap<>(values);
        setCookie.forEach(header -> merge(merged, header));
        return new Cookies(merged);
    }

    private static void merge(Map<String, String> merged, String header) {
        try {
            HttpCookie.parse(header).forEach(cookie -> {
                if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
                    merged.remove(cookie.getName());
                } else {
                    merged.put(cookie.getName(), cookie.getValue());
                }
            });
        } catch (IllegalArgumentException ignored) {
            // One cookie of several that no browser would take either.
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** For the {@code Cookie} header. */
    String header() {
        return values.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Names only: a cookie's value is a secret. */
    @Override
    public String toString() {
        return "Cookies" + values.keySet();
    }
}
