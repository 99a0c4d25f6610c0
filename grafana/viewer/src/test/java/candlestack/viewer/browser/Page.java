package candlestack.viewer.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One page of a browser, over the DevTools protocol. Used by one thread. */
public final class Page implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private WebSocket socket;

    private Page() {}

    static Page connect(HttpClient client, String description, int width, int height) throws IOException {
        Page page = new Page();
        String address = JSON.readTree(description).path("webSocketDebuggerUrl").asText();
        page.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), page.new Listener())
                .join();
        page.send("Page.enable", Map.of());
        page.send("Runtime.enable", Map.of());
        page.send("Log.enable", Map.of());
        page.resize(width, height);
        return page;
    }

    public void resize(int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void go(String url) {
        send("Page.navigate", Map.of("url", url));
    }

    /** The value of an expression in the page; a promise is awaited. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException("Cannot evaluate " + expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    public void mouse(String type, int x, int y) {
        send(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
    }

    /** Presses a key that writes a character. */
    public void press(String key) {
        send("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key));
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    public void screenshot(Path file) {
        String data = send("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asText();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** What the console has of errors and warnings, uncaught exceptions included. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        send("Page.close", Map.of());
        socket.abort();
    }

    private JsonNode send(String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in " + method, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("No answer to " + method, e);
        }
    }

    private void accept(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.has("id")) {
                CompletableFuture<JsonNode> waiting =
                        pending.remove(message.path("id").asInt());
                if (message.has("error")) {
                    waiting.completeExceptionally(
                            new IllegalStateException(message.path("error").toString()));
                } else {
                    waiting.complete(message.path("result"));
                }
            } else {
                note(message.path("method").asText(), message.path("params"));
            }
        } catch (IOException e) {
            problems.add("unreadable message: " + e.getMessage());
        }
    }

    private void note(String method, JsonNode parameters) {
        switch (method) {
            case "Runtime.exceptionThrown" ->
                problems.add(parameters.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning").contains(parameters.path("type").asText())) {
                    problems.add(parameters.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (List.of("error", "warning")
                        .contains(parameters.path("entry").path("level").asText())) {
                    problems.add(parameters.path("entry").path("text").asText() + " "
                            + parameters.path("entry").path("url").asText());
                }
            }
            default -> {}
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                accept(message);
            }
            webSocket.request(1);
            return null;
        }
    }
}
