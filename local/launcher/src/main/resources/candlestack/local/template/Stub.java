package @PACKAGE@;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Stands in for the API, on the loopback interface. */
final class Stub implements AutoCloseable {
    private final HttpServer server;
    private int calls;

    /** @param answer makes the body of each answer, from its number */
    Stub(IntFunction<String> answer) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", exchange -> {
            byte[] body = answer.apply(calls++).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/weather";
    }

    static String answer(int number) {
        return "{\"current\":{\"time\":" + (1_772_445_600 + 60 * number)
                + ",\"temperature_2m\":21.5,\"wind_speed_10m\":" + number + "}}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
