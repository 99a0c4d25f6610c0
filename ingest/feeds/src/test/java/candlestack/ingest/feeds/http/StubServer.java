package candlestack.ingest.feeds.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** A server on this machine that gives one prepared answer after another, and the last one again and again. */
final class StubServer implements AutoCloseable {
    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    record Answer(int status, Map<String, String> headers, String body, Manner manner) {}

    enum Manner {
        PLAIN,
        GZIP,
        CUT_OFF,
        NEVER_ENDS
    }

    record Request(String target, Headers headers) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = new ThreadPoolExecutor(3, 3, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        // Before a test looks which threads there are.
        threads.prestartAllCoreThreads();
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    StubServer says(String json) {
        return says(new Answer(200, Map.of("Content-Type", "application/json"), json, Manner.PLAIN));
    }

    StubServer says(int status, Map<String, String> headers, String body) {
        return says(new Answer(status, headers, body, Manner.PLAIN));
    }

    StubServer says(Manner manner, String body) {
        return says(new Answer(200, Map.of(), body, manner));
    }

    private synchronized StubServer says(Answer answer) {
        answers.add(answer);
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized Answer next() {
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.add(new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
        Answer answer = next();
        byte[] body = body(answer);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (answer.manner() == Manner.GZIP) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        int more = answer.manner() == Manner.CUT_OFF || answer.manner() == Manner.NEVER_ENDS ? 10 : 0;
        exchange.sendResponseHeaders(answer.status(), body.length + more == 0 ? -1 : body.length + more);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        if (answer.manner() == Manner.NEVER_ENDS) {
            awaitClosed();
        }
        exchange.close();
    }

    private static byte[] body(Answer answer) throws IOException {
        byte[] plain = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.manner() != Manner.GZIP) {
            return plain;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
