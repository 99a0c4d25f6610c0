package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One connection to the streamer. The client's threads call the listener, which only puts frames into the inbox; all
 * else is called by the source's one thread.
 *
 * <p>What is buffered is bounded: a frame is asked for only when one has been taken out of the inbox.
 */
final class StreamConnection implements WebSocket.Listener {
    private static final int FRAMES_AHEAD = 256;
    private static final int LONGEST_FRAME = 64 * 1024;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final List<String> symbols;
    private final Clock clock;
    private final Queue<Frame> inbox;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<WebSocket> opening;
    private CompletableFuture<WebSocket> sending = CompletableFuture.completedFuture(null);
    private volatile Instant heard;
    private volatile String closed = "";

    /** @param text empty if the connection ended: it wakes up whoever waits */
    record Frame(StreamConnection connection, String text) {}

    private StreamConnection(
            HttpClient client, URI address, String userAgent, List<String> symbols, Clock clock, Queue<Frame> inbox) {
        this.symbols = List.copyOf(symbols);
        this.clock = requireNonNull(clock, "clock is null");
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.heard = clock.instant();
        this.opening = client.newWebSocketBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .header("User-Agent", userAgent)
                .header("Origin", "https://finance.yahoo.com")
                .buildAsync(address, this);
    }

    /** Begins to connect and does not wait for it. */
    static StreamConnection open(
            HttpClient client, URI address, String userAgent, List<String> symbols, Clock clock, Queue<Frame> inbox) {
        return new StreamConnection(client, address, userAgent, symbols, clock, inbox);
    }

    List<String> symbols() {
        return symbols;
    }

    /** Whether the other side accepted, and has not hung up since. */
    boolean isOpen() {
        return closed.isEmpty() && opening.isDone() && !opening.isCompletedExceptionally();
    }

    /** Why there will be no more frames; empty as long as there may be. */
    String failure() {
        if (closed.isEmpty() && opening.isCompletedExceptionally()) {
            return opening.handle(
                            (socket, failure) -> Causes.of(failure.getCause() == null ? failure : failure.getCause()))
                    .join();
        }
        return closed;
    }

    /** When something came the last time, be it the answer to a ping. */
    Instant heard() {
        return heard;
    }

    /** Yahoo forgets a subscription that is not repeated. Also asks whether anybody is there. */
    void subscribe() {
        socket().filter(socket -> !socket.isOutputClosed()).ifPresent(socket -> sending = subscription(socket));
    }

    private CompletableFuture<WebSocket> subscription(WebSocket socket) {
        String message = Json.MAPPER.valueToTree(Map.of("subscribe", symbols)).toString();
        return socket.sendText(message, true)
                .thenCompose(sent -> sent.sendPing(ByteBuffer.allocate(0)))
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        end(Causes.of(failure));
                    }
                });
    }

    /** A frame of this connection was taken out of the inbox: another may come. */
    void taken() {
        socket().ifPresent(socket -> socket.request(1));
    }

    /** Hangs up without waiting for the other side. */
    void close() {
        end("closed by us");
        opening.cancel(true);
        sending.cancel(true);
        socket().ifPresent(WebSocket::abort);
    }

    private Optional<WebSocket> socket() {
        boolean open = opening.isDone() && !opening.isCompletedExceptionally();
        return open ? Optional.of(opening.join()) : Optional.empty();
    }

    @Override
    public void onOpen(WebSocket socket) {
        heard = clock.instant();
        if (closed.isEmpty()) {
            socket.request(FRAMES_AHEAD);
        } else {
            socket.abort();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        heard = clock.instant();
        text.append(data);
        if (text.length() > LONGEST_FRAME) {
            end("a frame of more than " + LONGEST_FRAME + " characters");
            socket.abort();
        } else if (last) {
            inbox.add(new Frame(this, text.toString()));
            text.setLength(0);
        } else {
            socket.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        heard = clock.instant();
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        heard = clock.instant();
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        heard = clock.instant();
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        end("closed by Yahoo, status " + status + (reason.isEmpty() ? "" : ", " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        end(Causes.of(failure));
    }

    private void end(String why) {
        if (closed.isEmpty()) {
            closed = why;
            inbox.add(new Frame(this, ""));
        }
    }
}
