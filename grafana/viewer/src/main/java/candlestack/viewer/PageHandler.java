package candlestack.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The page, its scripts and styles, from the class path. Every address of a dashboard is the same page. */
final class PageHandler extends Handler.Abstract {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/";
    private static final Pattern ASSET = Pattern.compile("/assets/(?:[a-z0-9-]+/)*[a-z0-9-]+\\.(?:js|css|svg)");
    private static final Pattern PAGE = Pattern.compile("/|/dashboards|/d/[A-Za-z0-9_-]+(?:/[^/]*)?");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");

    private final String echartsVersion;
    private final Map<String, byte[]> cache = new ConcurrentHashMap<>();

    PageHandler(String echartsVersion) {
        this.echartsVersion = echartsVersion;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        String path = Request.getPathInContext(request);
        if (!request.getMethod().equals("GET")) {
            return false;
        }
        if (path.equals("/assets/echarts.js")) {
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "max-age=86400");
            return send(ECHARTS + echartsVersion + "/echarts.min.js", "js", response, callback);
        }
        if (ASSET.matcher(path).matches()) {
            String extension = path.substring(path.lastIndexOf('.') + 1);
            return send("/web" + path, extension, response, callback);
        }
        return PAGE.matcher(path).matches() && send("/web/index.html", "html", response, callback);
    }

    private boolean send(String resource, String extension, Response response, Callback callback) throws IOException {
        byte[] content = cache.get(resource);
        if (content == null) {
            try (InputStream found = PageHandler.class.getResourceAsStream(resource)) {
                if (found == null) {
                    return false;
                }
                content = found.readAllBytes();
            }
            cache.put(resource, content);
        }
        Answers.bytes(response, callback, 200, TYPES.get(extension), content);
        return true;
    }
}
