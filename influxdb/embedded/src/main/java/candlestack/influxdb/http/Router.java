package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what answers a request. Filled before it is used, then never changed. */
final class Router {
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-zA-Z]+}");

    private final List<Route> routes = new ArrayList<>();

    /** Answers a request that needs no token. */
    interface OpenHandler {
        void handle(Exchange exchange, List<String> pathParameters) throws IOException;
    }

    /** Answers a request with a valid token. */
    interface Handler {
        void handle(Exchange exchange, Authorization authorization, List<String> pathParameters) throws IOException;
    }

    /** @param open null where {@code secured} is not */
    record Route(String method, Pattern path, OpenHandler open, Handler secured) {}

    /** A route and the values of its path's parameters. */
    record Match(Route route, List<String> pathParameters) {}

    /** @param path with parameters as {@code {name}} */
    void open(String method, String path, OpenHandler handler) {
        routes.add(new Route(method, pattern(path), handler, null));
    }

    void secured(String method, String path, Handler handler) {
        routes.add(new Route(method, pattern(path), null, handler));
    }

    Match find(String method, String path) {
        boolean known = false;
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (matcher.matches()) {
                known = true;
                if (route.method().equals(method)) {
                    return new Match(route, values(matcher));
                }
            }
        }
        throw known
                ? new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "allow: method " + method + " is not for this path")
                : new ApiException(ErrorCode.NOT_FOUND, "path not found");
    }

    private static Pattern pattern(String path) {
        StringBuilder regex = new StringBuilder();
        Matcher parameters = PARAMETER.matcher(path);
        int from = 0;
        while (parameters.find()) {
            regex.append(Pattern.quote(path.substring(from, parameters.start())))
                    .append("([^/]+)");
            from = parameters.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(path.substring(from))) + "/?");
    }

    private static List<String> values(Matcher matcher) {
        List<String> values = new ArrayList<>(matcher.groupCount());
        for (int i = 1; i <= matcher.groupCount(); i++) {
            values.add(matcher.group(i));
        }
        return values;
    }
}
