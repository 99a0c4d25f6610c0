package candlestack.ingest.users;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The API on the loopback interface: answers as it is told to, and remembers what it was asked. */
final class StubApi implements AutoCloseable {
    private final HttpServer server;
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private volatile Function<Map<String, String>, Answer> answers;

    /** @param headers by name */
    record Answer(int status, String body, Map<String, String> headers) {
        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }
    }

    /** @param answers from the parameters of a request */
    StubApi(Function<Map<String, String>, Answer> answers) throws IOException {
        this.answers = answers;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/1.4/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/1.4/";
    }

    /** Oldest first. */
    List<String> queries() {
        return List.copyOf(queries);
    }

    void answerWith(Function<Map<String, String>, Answer> next) {
        answers = next;
    }

    /** Pages as the API gives them, with users that are told by their page. */
    static Answer page(Map<String, String> parameters) {
        int page = Integer.parseInt(parameters.get("page"));
        int size = Integer.parseInt(parameters.get("results"));
        String results = IntStream.range(0, size)
                .mapToObj(i -> "{\"login\":{\"uuid\":\"%s-%d-%d\"},\"nat\":\"US\",\"location\":{\"postcode\":1}}"
                        .formatted(parameters.get("seed"), page, i))
                .collect(Collectors.joining(","));
        return Answer.of(
                200, "{\"results\":[%s],\"info\":{\"results\":%d,\"page\":%d}}".formatted(results, size, page));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        queries.add(query);
        Answer answer = answers.apply(parameters(query));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    static String recorded() {
        try (var stream = StubApi.class.getResourceAsStream("recorded-1.4.json")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
