package candlestack.ingest.yahoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;

/**
 * Where Yahoo answers what.
 *
 * @param cookie sets a cookie, whatever its status
 * @param query1 answers for visitors with a cookie of {@link #cookie}
 * @param query2 answers for visitors who went through the consent
 * @param guce begins and ends the consent
 * @param consent takes the consent's form
 * @param stream the WebSocket
 */
record Endpoints(URI cookie, URI query1, URI query2, URI guce, URI consent, URI stream) {
    static final Endpoints YAHOO = new Endpoints(
            URI.create("https://fc.yahoo.com"),
            URI.create("https://query1.finance.yahoo.com"),
            URI.create("https://query2.finance.yahoo.com"),
            URI.create("https://guce.yahoo.com"),
            URI.create("https://consent.yahoo.com"),
            URI.create("wss://streamer.finance.yahoo.com"));

    /** All of it at one place, such as a stub at {@code http://127.0.0.1:8790}. */
    static Endpoints at(URI base) {
        String text = base.toString().replaceFirst("/+$", "");
        URI http = URI.create(text);
        return new Endpoints(http, http, http, http, http, URI.create(text.replaceFirst("^http", "ws")));
    }

    URI cookiePage() {
        return cookie.resolve("/");
    }

    URI crumb(Credentials.Route route) {
        return (route == Credentials.Route.COOKIE ? query1 : query2).resolve("/v1/test/getcrumb");
    }

    URI quotes(List<String> symbols, String crumb) {
        return query2.resolve(
                "/v7/finance/quote?symbols=" + encoded(String.join(",", symbols)) + "&crumb=" + encoded(crumb));
    }

    /** Bars of {@code [from, to)}; {@code interval} as Yahoo writes it, such as {@code 1m}. */
    URI chart(String symbol, String interval, Instant from, Instant to) {
        return query2.resolve("/v8/finance/chart/" + encoded(symbol) + "?period1=" + from.getEpochSecond() + "&period2="
                + to.getEpochSecond() + "&interval=" + interval);
    }

    URI profile(String symbol, String crumb) {
        return query2.resolve(
                "/v10/finance/quoteSummary/" + encoded(symbol) + "?modules=assetProfile&crumb=" + encoded(crumb));
    }

    URI consentStart() {
        return guce.resolve("/consent");
    }

    URI consentForm(String session) {
        return consent.resolve("/v2/collectConsent?sessionId=" + encoded(session));
    }

    URI consentEnd(String session) {
        return guce.resolve("/copyConsent?sessionId=" + encoded(session));
    }

    URI streamer() {
        return stream.resolve("/?version=2");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
