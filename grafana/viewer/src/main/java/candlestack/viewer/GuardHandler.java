package candlestack.viewer;

import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers this machine only: a page that has made its name resolve to 127.0.0.1 sends that name as Host and is refused,
 * and so is a request that another site's page has made.
 */
final class GuardHandler extends Handler.Wrapper {
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> SAME_SITE = Set.of("same-origin", "none");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    GuardHandler(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        if (!isLocal(request.getHeaders().get(HttpHeader.HOST))) {
            Answers.error(response, callback, 421, "This server answers to 127.0.0.1 and localhost only");
            return true;
        }
        if (isForeign(request)) {
            Answers.error(response, callback, 403, "Requests of other sites are refused");
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static boolean isLocal(String host) {
        return host != null && LOCAL.contains(host.replaceFirst(":\\d+$", ""));
    }

    /** A link from elsewhere may open a page; it may not call the API. */
    private static boolean isForeign(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        return site != null
                && !SAME_SITE.contains(site)
                && Request.getPathInContext(request).startsWith("/api/");
    }
}
