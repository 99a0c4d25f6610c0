package candlestack.ingest.testkit.yahoo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An answer over HTTP and the way it is delivered. The connection ends with it. */
record StubAnswer(int status, List<String> headers, String body, Delivery delivery) {
    enum Delivery {
        WHOLE,
        /** Half of the body, then the end of the connection. */
        TRUNCATED,
        /** A byte now and then, for longer than anybody waits. */
        SLOW
    }

    static StubAnswer json(int status, Object body) {
        return new StubAnswer(status, List.of("Content-Type: application/json"), StubJson.write(body), Delivery.WHOLE);
    }

    static StubAnswer text(int status, String body) {
        return new StubAnswer(status, List.of("Content-Type: text/plain"), body, Delivery.WHOLE);
    }

    static StubAnswer html(int status, String body) {
        return new StubAnswer(status, List.of("Content-Type: text/html"), body, Delivery.WHOLE);
    }

    static StubAnswer redirect(String location) {
        return text(302, "").with("Location: " + location);
    }

    StubAnswer with(String header) {
        return new StubAnswer(
                status, Stream.concat(headers.stream(), Stream.of(header)).toList(), body, delivery);
    }

    StubAnswer delivered(Delivery other) {
        return new StubAnswer(status, headers, body, other);
    }

    void write(OutputStream output) throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " Stub\r\n" + String.join("\r\n", headers) + "\r\nContent-Length: "
                + bytes.length + "\r\nConnection: close\r\n\r\n";
        output.write(head.getBytes(StandardCharsets.US_ASCII));
        switch (delivery) {
            case WHOLE -> output.write(bytes);
            case TRUNCATED -> output.write(bytes, 0, bytes.length / 2);
            case SLOW -> {
                for (byte one : bytes) {
                    output.write(one);
                    output.flush();
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        }
        output.flush();
    }
}
