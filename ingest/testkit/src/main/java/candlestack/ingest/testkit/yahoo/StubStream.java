package candlestack.ingest.testkit.yahoo;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One WebSocket of the streamer, served by the thread that calls {@link #serve}. Speaks RFC 6455 as far as the streamer
 * needs: whole text frames, ping, pong, close.
 */
final class StubStream {
    private static final int MOST_SYMBOLS = 100;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final Pattern COMMAND = Pattern.compile(
            "\\s*\\{\\s*\"(subscribe|unsubscribe)\"\\s*:\\s*\\[([^\\]]*)\\]\\s*\\}\\s*", Pattern.DOTALL);

    private final Socket socket;
    private final OutputStream output;
    private final Set<String> symbols = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile boolean deaf;

    StubStream(Socket socket) throws IOException {
        this.socket = requireNonNull(socket, "socket is null");
        this.output = socket.getOutputStream();
    }

    Set<String> symbols() {
        return Set.copyOf(symbols);
    }

    int pings() {
        return pings.get();
    }

    /** From now on neither answers nor sends. */
    void deaf() {
        deaf = true;
    }

    void serve(StubRequest handshake) throws IOException {
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(handshake.header("sec-websocket-key")) + "\r\n\r\n";
        output.write(head.getBytes(StandardCharsets.US_ASCII));
        output.flush();
        DataInputStream input = new DataInputStream(socket.getInputStream());
        boolean open = true;
        while (open) {
            open = frame(input);
        }
    }

    void send(String text) throws IOException {
        if (!deaf) {
            write(TEXT, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Bytes that are no frame. */
    void sendRaw(byte[] bytes) throws IOException {
        synchronized (output) {
            output.write(bytes);
            output.flush();
        }
    }

    void drop() throws IOException {
        socket.close();
    }

    private boolean frame(DataInputStream input) throws IOException {
        int opcode = input.readUnsignedByte() & 0x0F;
        int length = input.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = input.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(input.readLong());
        }
        byte[] mask = input.readNBytes(4);
        byte[] payload = input.readNBytes(length);
        for (int n = 0; n < payload.length; n++) {
            payload[n] ^= mask[n % 4];
        }
        return handled(opcode, payload);
    }

    /** Whether the connection goes on. */
    private boolean handled(int opcode, byte[] payload) throws IOException {
        if (deaf) {
            return true;
        }
        if (opcode == PING) {
            write(PONG, payload);
            pings.incrementAndGet();
        } else if (opcode == CLOSE) {
            write(CLOSE, payload);
            return false;
        } else if (opcode == TEXT) {
            return commanded(new String(payload, StandardCharsets.UTF_8));
        }
        return true;
    }

    private boolean commanded(String text) throws IOException {
        Matcher command = COMMAND.matcher(text);
        if (!command.matches()) {
            close(1007, "malformed JSON");
            return false;
        }
        for (String quoted : command.group(2).split(",")) {
            String symbol = quoted.strip().replace("\"", "");
            if (command.group(1).equals("subscribe")) {
                symbols.add(symbol);
            } else {
                symbols.remove(symbol);
            }
        }
        if (symbols.size() > MOST_SYMBOLS) {
            close(1008, "more than " + MOST_SYMBOLS + " symbols");
            return false;
        }
        return true;
    }

    private void close(int status, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        write(
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) status)
                        .put(text)
                        .array());
    }

    private void write(int opcode, byte[] payload) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            head.put((byte) payload.length);
        } else {
            head.put((byte) 126).putShort((short) payload.length);
        }
        synchronized (output) {
            output.write(head.array(), 0, head.position());
            output.write(payload);
            output.flush();
        }
    }

    private static String accept(String key) {
        try {
            byte[] bytes = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
