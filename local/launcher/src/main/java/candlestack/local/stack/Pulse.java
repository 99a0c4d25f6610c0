package candlestack.local.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import candlestack.local.process.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Asks services something that each answers to anybody, in its own protocol. That a port can be connected to says little:
 * the kernel does that for a process that hangs, too.
 */
public final class Pulse {
    /** A busy machine is no fault of the service. */
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private Pulse() {}

    /**
     * Asks all at once; returns within {@link #LIMIT} and a little more.
     *
     * @return by name, whether anything came back in time; without those that nothing can be asked
     */
    public static Map<String, Boolean> of(Collection<Service> services) {
        Map<String, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (Service service : services) {
                question(service.name()).ifPresent(question -> {
                    Port port = service.ports().get(0);
                    asked.put(
                            service.name(),
                            CompletableFuture.supplyAsync(() -> answers(port.number(), question), threads));
                });
            }
            Map<String, Boolean> answers = new LinkedHashMap<>();
            asked.forEach((name, answer) -> answers.put(name, answer.join()));
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    private static Optional<byte[]> question(String service) {
        return switch (service) {
            case "kafka" -> Optional.of(apiVersions());
            case "postgres" -> Optional.of(sslRequest());
            case "mongodb" -> Optional.of(hello());
            case "cassandra" -> Optional.of(options());
            case "influxdb", "sinks" -> Optional.of(get("/health"));
            case "viewer" -> Optional.of(get("/api/health"));
            default -> Optional.empty();
        };
    }

    static boolean answers(int port, byte[] question) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) LIMIT.toMillis());
            socket.getOutputStream().write(question);
            // Never 0, which would be no limit.
            socket.setSoTimeout(
                    Math.max(1, (int) Duration.ofNanos(end - System.nanoTime()).toMillis()));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(US_ASCII);
    }

    /** https://kafka.apache.org/protocol: ApiVersions, version 0, correlation id 1, no client id. */
    private static byte[] apiVersions() {
        return HexFormat.of().parseHex("0000000a" + "0012" + "0000" + "00000001" + "ffff");
    }

    /** https://www.postgresql.org/docs/current/protocol-message-formats.html: SSLRequest; then going away is no error. */
    private static byte[] sslRequest() {
        return HexFormat.of().parseHex("00000008" + "04d2162f");
    }

    /** Native protocol, version 4: an empty frame with the opcode OPTIONS, asked before any login. */
    private static byte[] options() {
        return HexFormat.of().parseHex("04" + "00" + "0000" + "05" + "00000000");
    }

    /** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol: OP_MSG with {hello: 1, $db: "admin"}. */
    private static byte[] hello() {
        byte[] document = HexFormat.of()
                .parseHex("1f000000" + "10" + hex("hello\0") + "01000000" + "02" + hex("$db\0") + "06000000"
                        + hex("admin\0") + "00");
        ByteBuffer message = ByteBuffer.allocate(16 + 4 + 1 + document.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(message.capacity()).putInt(1).putInt(0).putInt(2013); // length, id, answer to none, OP_MSG
        message.putInt(0).put((byte) 0).put(document); // no flags, one document
        return message.array();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(US_ASCII));
    }
}
