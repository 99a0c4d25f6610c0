package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.yahoo.Credentials.Route;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks Yahoo's JSON services, letting itself in where that is needed. One thread. */
final class YahooSession {
    private static final int ENTITY_TAGS = 512;

    private final Browser browser;
    private final Login login;
    private final CredentialCache cache;
    private final Map<URI, String> entityTags = new LinkedHashMap<>();
    private Optional<Credentials> credentials;

    YahooSession(Browser browser, Login login, CredentialCache cache) {
        this.browser = requireNonNull(browser, "browser is null");
        this.login = requireNonNull(login, "login is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.credentials = cache.load();
    }

    /**
     * Asks what needs a crumb. Where Yahoo refuses the credentials, it is asked once more with new ones, obtained the
     * other way.
     *
     * @return empty if nothing has changed since the same was asked before
     * @throws SourceException of kind UNAUTHORIZED if it refuses those too
     */
    Optional<JsonNode> withCrumb(Function<String, URI> address) throws SourceException, InterruptedException {
        Credentials current = credentials.isPresent() ? credentials.get() : enter(Route.COOKIE);
        Answer answer = ask(address.apply(current.crumb()), current.cookies());
        if (refusesCredentials(answer)) {
            forget();
            current = enter(current.route().other());
            answer = ask(address.apply(current.crumb()), current.cookies());
        }
        if (refusesCredentials(answer)) {
            forget();
            throw browser.gate()
                    .shutOut("Cannot ask " + answer.place()
                            + ": Yahoo refuses new cookies and crumbs, obtained both ways (status " + answer.status()
                            + description(answer) + "); run ./candlestack doctor --source yahoo");
        }
        return answer.status() == 304 ? Optional.empty() : Optional.of(understood(answer));
    }

    /** Asks what needs none. A symbol that Yahoo does not know is an answer with status 404 that is JSON too. */
    JsonNode open(URI address) throws SourceException, InterruptedException {
        Answer answer =
                browser.get(address, credentials.map(Credentials::cookies).orElse(Cookies.NONE));
        return understood(answer);
    }

    /** The way that lets in, trying the other where one does not. */
    private Credentials enter(Route preferred) throws SourceException, InterruptedException {
        Credentials entered;
        try {
            entered = login.by(preferred);
        } catch (SourceException e) {
            if (e.kind() != ErrorKind.UNAUTHORIZED) {
                throw e;
            }
            entered = lastTry(preferred.other());
        }
        credentials = Optional.of(entered);
        cache.save(entered);
        return entered;
    }

    private Credentials lastTry(Route route) throws SourceException, InterruptedException {
        try {
            return login.by(route);
        } catch (SourceException e) {
            throw e.kind() == ErrorKind.UNAUTHORIZED ? browser.gate().shutOut(e.getMessage()) : e;
        }
    }

    private void forget() {
        credentials = Optional.empty();
        cache.clear();
    }

    private Answer ask(URI uri, Cookies cookies) throws SourceException, InterruptedException {
        String known = entityTags.get(uri);
        Answer answer = known == null ? browser.get(uri, cookies) : browser.get(uri, cookies, known);
        answer.headers().firstValue("etag").ifPresent(tag -> remember(uri, tag));
        return answer;
    }

    private void remember(URI uri, String tag) {
        if (entityTags.size() >= ENTITY_TAGS) {
            entityTags.clear();
        }
        entityTags.put(uri, tag);
    }

    /** A redirect leads to the consent. */
    private static boolean refusesCredentials(Answer answer) {
        return answer.status() == 401
                || answer.status() == 403
                || answer.isRedirect()
                || error(answer).filter(e -> e.startsWith("Unauthorized")).isPresent();
    }

    private JsonNode understood(Answer answer) throws SourceException {
        Optional<JsonNode> json = Json.parse(answer.body()).filter(JsonNode::isObject);
        if (json.isEmpty()) {
            throw browser.gate()
                    .misunderstood("Cannot understand the answer of " + answer.place() + ": status " + answer.status()
                            + ", and no JSON but '" + beginning(answer.body()) + "'");
        }
        Optional<String> error = error(answer);
        if (error.isPresent()) {
            throw browser.gate().misunderstood("Cannot ask " + answer.place() + ": Yahoo says " + error.get());
        }
        browser.gate().understood();
        return json.get();
    }

    /** {@code {"finance":{"error":{"code":..,"description":..}}}} comes with any status, 200 included. */
    private static Optional<String> error(Answer answer) {
        if (!answer.body().stripLeading().startsWith("{\"finance\"")) {
            return Optional.empty();
        }
        return Json.parse(answer.body())
                .map(json -> json.path("finance").path("error"))
                .filter(JsonNode::isObject)
                .map(error -> Json.text(error, "code").orElse("an error without a code")
                        + Json.text(error, "description")
                                .map(text -> ", " + text)
                                .orElse(""));
    }

    private static String description(Answer answer) {
        return error(answer).map(text -> ", " + text).orElse("");
    }

    private static String beginning(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
