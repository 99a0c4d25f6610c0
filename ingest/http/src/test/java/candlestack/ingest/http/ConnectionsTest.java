package candlestack.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConnectionsTest {
    private static final int MEBIBYTE = 1 << 20;

    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = new byte[Integer.parseInt(exchange.getRequestURI().getQuery())];
                Arrays.fill(body, (byte) 'x');
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.createContext("/never", exchange -> {
            asked.countDown();
            try (exchange) {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.setExecutor(serving);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        serving.shutdownNow();
    }

    @Test
    void leavesNoThreadEvenWhileAnAnswerIsWaitedFor() throws Exception {
        Connections connections = Connections.open("closing", Duration.ofSeconds(30));
        try (connections) {
            assertThat(connections
                            .submit(() -> Thread.currentThread().getName())
                            .get())
                    .isEqualTo("closing");
            CompletableFuture<HttpResponse<String>> never = connections
                    .client()
                    .sendAsync(HttpRequest.newBuilder(address("/never")).build(), BoundedBody.text(MEBIBYTE));
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(never).isNotDone();
            assertThat(threads()).isNotEmpty();
        }
        // close() waits for less than a second, which may be too short for the threads of a machine at its limit.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void readsAnAnswerUpToItsBoundAndNoFurther() throws Exception {
        try (Connections connections = Connections.open("bounded", Duration.ofSeconds(30))) {
            assertThat(get(connections, MEBIBYTE, BoundedBody.text(MEBIBYTE))).isEqualTo("x".repeat(MEBIBYTE));
            assertThat(get(connections, 3, BoundedBody.bytes(3))).containsExactly('x', 'x', 'x');
            assertThatThrownBy(() -> get(connections, MEBIBYTE + 1, BoundedBody.text(MEBIBYTE)))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isExactlyInstanceOf(BoundedBody.TooLargeException.class)
                    .hasMessage("the answer is larger than 1 MiB");
        }
    }

    private <T> T get(Connections connections, int bytes, HttpResponse.BodyHandler<T> handler) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("/?" + bytes)).build();
        return connections
                .client()
                .sendAsync(request, handler)
                .get(60, TimeUnit.SECONDS)
                .body();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Of the group that is called as the connections are, the selector of the JDK's client included. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null
                        && thread.getThreadGroup().getName().equals("closing"))
                .map(Thread::getName)
                .toList();
    }
}
