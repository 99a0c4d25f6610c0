package candlestack.ingest.testkit.yahoo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as the stub got it.
 *
 * @param query and
 * @param form the parameters, decoded
 * @param headers by lower-case name
 */
public record StubRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, Map<String, String> form) {
    public StubRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        form = Map.copyOf(form);
    }

    /** Empty text if there is no such header. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The cookies by name. */
    public Map<String, String> cookies() {
        Map<String, String> cookies = new TreeMap<>();
        for (String cookie : header("cookie").split(";\\s*")) {
            int equals = cookie.indexOf('=');
            if (equals > 0) {
                cookies.put(cookie.substring(0, equals), cookie.substring(equals + 1));
            }
        }
        return cookies;
    }

    static StubRequest read(InputStream input) throws IOException {
        String[] first = line(input).split(" ");
        if (first.length < 3) {
            throw new EOFException("no request");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(input); !line.isEmpty(); line = line(input)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(input.readNBytes(length), StandardCharsets.UTF_8);
        int question = first[1].indexOf('?');
        String path = question < 0 ? first[1] : first[1].substring(0, question);
        String query = question < 0 ? "" : first[1].substring(question + 1);
        return new StubRequest(first[0], decoded(path), parameters(query), headers, parameters(body));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("the other side hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
