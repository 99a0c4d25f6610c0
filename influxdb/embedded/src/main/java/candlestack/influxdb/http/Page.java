package candlestack.influxdb.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The part of a list that a request asks for.
 *
 * @param limit how many at most
 * @param after the id after which the part begins; empty to go by {@code offset}
 */
record Page(int limit, int offset, boolean descending, String after) {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 100;

    static Page of(Exchange exchange) {
        int limit = number(exchange, "limit", DEFAULT_LIMIT);
        int offset = number(exchange, "offset", 0);
        if (limit < 1 || limit > MOST) {
            throw new ApiException(ErrorCode.UNPROCESSABLE, "limit must be between 1 and " + MOST);
        }
        if (offset < 0) {
            throw new ApiException(ErrorCode.UNPROCESSABLE, "offset must not be negative");
        }
        boolean descending =
                exchange.parameter("descending").filter("true"::equals).isPresent();
        return new Page(limit, offset, descending, exchange.parameter("after").orElse(""));
    }

    <T> List<T> of(List<T> all, Function<T, String> id) {
        List<T> ordered = new ArrayList<>(all);
        if (descending) {
            Collections.reverse(ordered);
        }
        int from = offset;
        if (!after.isEmpty()) {
            List<String> ids = ordered.stream().map(id).toList();
            from = ids.indexOf(after) + 1;
        }
        return ordered.subList(Math.min(from, ordered.size()), (int) Math.min((long) from + limit, ordered.size()));
    }

    /** A list's answer with its links. */
    static <T> ObjectNode view(String path, String name, List<T> items, Function<T, ObjectNode> view) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("links").put("self", path);
        ArrayNode array = body.putArray(name);
        items.forEach(item -> array.add(view.apply(item)));
        return body;
    }

    /**
     * Where this part of a list is, and the parts before and after it.
     *
     * @param shown how many items this part has; after one that is not full there is no more
     */
    ObjectNode links(Exchange exchange, int shown) {
        ObjectNode links = JsonNodeFactory.instance.objectNode().put("self", link(exchange, offset));
        if (after.isEmpty() && offset > 0) {
            links.put("prev", link(exchange, Math.max(0, offset - limit)));
        }
        if (after.isEmpty() && shown == limit) {
            links.put("next", link(exchange, offset + limit));
        }
        return links;
    }

    private String link(Exchange exchange, int from) {
        SortedMap<String, String> parameters = new TreeMap<>();
        exchange.parameters().forEach(field -> parameters.put(field.getName(), field.getValue()));
        parameters.put("descending", String.valueOf(descending));
        parameters.put("limit", String.valueOf(limit));
        parameters.put("offset", String.valueOf(from));
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&", exchange.path() + "?", ""));
    }

    private static int number(Exchange exchange, String name, int otherwise) {
        return exchange.parameter(name)
                .map(text -> {
                    try {
                        return Integer.parseInt(text);
                    } catch (NumberFormatException e) {
                        throw new ApiException(ErrorCode.INVALID, name + " must be a number, not '" + text + "'");
                    }
                })
                .orElse(otherwise);
    }
}
