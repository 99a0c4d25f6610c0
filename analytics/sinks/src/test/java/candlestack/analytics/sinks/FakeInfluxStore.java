package candlestack.analytics.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes and deletes as InfluxDB 2's wire protocol has them, into a map: a bucket's points by what precedes the fields
 * and by time. A line with the word {@code poison} makes it refuse the whole request, as a line does that the server
 * cannot parse.
 */
final class FakeInfluxStore implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("((?:[^ \\\\]|\\\\.)+) (.+) (-?\\d+)");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final Map<String, Map<String, String>> points = new TreeMap<>();
    private HttpServer server;
    private int requests;

    FakeInfluxStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        serve();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Fields by {@code series time}. */
    synchronized Map<String, String> points(String bucket) {
        return new TreeMap<>(points.getOrDefault(bucket, Map.of()));
    }

    synchronized int requests() {
        return requests;
    }

    /** Takes the server away; its points and its address stay. */
    void stop() {
        server.stop(0);
    }

    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve();
    }

    @Override
    public void close() {
        stop();
    }

    private void serve() {
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/v2/write", exchange -> answer(exchange, write(exchange)));
        server.createContext("/api/v2/delete", exchange -> answer(exchange, delete(exchange)));
        server.start();
    }

    private synchronized String write(HttpExchange exchange) throws IOException {
        requests++;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (body.contains("poison")) {
            return "unable to parse the line with poison";
        }
        Map<String, String> bucket =
                points.computeIfAbsent(query(exchange).get("bucket"), name -> new LinkedHashMap<>());
        for (String line : body.split("\n")) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                return "unable to parse '" + line + "'";
            }
            bucket.put(matcher.group(1) + " " + matcher.group(3), matcher.group(2));
        }
        return "";
    }

    private synchronized String delete(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        long start = nanos(body.path("start").asText());
        long stop = nanos(body.path("stop").asText());
        points.get(query(exchange).get("bucket")).keySet().removeIf(point -> {
            long time = Long.parseLong(point.substring(point.lastIndexOf(' ') + 1));
            return time >= start
                    && time < stop
                    && matches(point, body.path("predicate").asText());
        });
        return "";
    }

    private static boolean matches(String point, String predicate) {
        Matcher condition = CONDITION.matcher(predicate);
        boolean all = true;
        while (condition.find()) {
            all &= condition.group(1).equals("_measurement")
                    ? point.startsWith(condition.group(2) + ",")
                    : (point.replace(' ', ',') + ",")
                            .contains("," + condition.group(1) + "=" + condition.group(2) + ",");
        }
        return all;
    }

    private static long nanos(String time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(time));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void answer(HttpExchange exchange, String problem) throws IOException {
        try (exchange) {
            if (problem.isEmpty()) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            byte[] body = JSON.writeValueAsBytes(
                    JSON.createObjectNode().put("code", "invalid").put("message", problem));
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
