package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

/**
 * What Yahoo wants to see with each question for quotes.
 *
 * @param crumb a short text that belongs to the cookies
 * @param route how they were obtained
 */
record Credentials(Cookies cookies, String crumb, Route route) {
    /** The two ways to a cookie. Where one is refused, the other often works. */
    enum Route {
        /** A page that sets one without a question. */
        COOKIE,
        /** The form that visitors from Europe are shown. */
        CONSENT;

        Route other() {
            return this == COOKIE ? CONSENT : COOKIE;
        }
    }

    Credentials {
        requireNonNull(cookies, "cookies is null");
        requireNonNull(crumb, "crumb is null");
        requireNonNull(route, "route is null");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Credentials[" + cookies + ", by " + route + "]";
    }
}
