package candlestack.ingest.yahoo;

import candlestack.ingest.yahoo.Credentials.Route;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the credentials over restarts, so that a restart does not cost Yahoo three more requests. */
final class CredentialCache {
    private static final String COOKIE = "cookie.";

    private final PrivateFile file;

    CredentialCache(Path directory) {
        this.file = new PrivateFile(directory.resolve("credentials.properties"));
    }

    Optional<Credentials> load() {
        return file.read().flatMap(CredentialCache::parsed);
    }

    void save(Credentials credentials) {
        Map<String, String> values = new HashMap<>();
        credentials.cookies().values().forEach((name, value) -> values.put(COOKIE + name, value));
        values.put("crumb", credentials.crumb());
        values.put("route", credentials.route().name());
        file.write(values);
    }

    void clear() {
        file.delete();
    }

    private static Optional<Credentials> parsed(Map<String, String> values) {
        String crumb = values.get("crumb");
        String route = values.get("route");
        if (crumb == null || route == null) {
            return Optional.empty();
        }
        Map<String, String> cookies = new HashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(COOKIE)) {
                cookies.put(name.substring(COOKIE.length()), value);
            }
        });
        try {
            return Optional.of(new Credentials(new Cookies(cookies), crumb, Route.valueOf(route)));
        } catch (IllegalArgumentException unknownRoute) {
            return Optional.empty();
        }
    }
}
