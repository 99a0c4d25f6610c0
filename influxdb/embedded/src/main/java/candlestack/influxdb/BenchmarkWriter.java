package candlestack.influxdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;

/** One client of the benchmark: prices of its series, second by second, over one connection. */
final class BenchmarkWriter {
    private static final int BATCH = 5_000;
    /** 2020-01-01T00:00:00Z. */
    private static final long START_SECOND = 1_577_836_800L;

    private final int port;
    private final String token;
    private final byte[][] names;
    private final long[] cents;
    private final Random random = new Random(1);

    BenchmarkWriter(int port, String token, String measurement, int fromSeries, int toSeries) {
        this.port = port;
        this.token = token;
        this.names = new byte[toSeries - fromSeries][];
        this.cents = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = (measurement + ",s=" + (fromSeries + i) + ",source=benchmark price=").getBytes(US_ASCII);
            cents[i] = 1_000_000L + i;
        }
    }

    void write(int times) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream input = new BufferedInputStream(socket.getInputStream());
            ByteArrayOutputStream lines = new ByteArrayOutputStream(BATCH * 80);
            int count = 0;
            for (int time = 0; time < times; time++) {
                for (int series = 0; series < names.length; series++) {
                    line(lines, series, START_SECOND + time);
                    if (++count == BATCH) {
                        send(socket.getOutputStream(), input, lines);
                        count = 0;
                    }
                }
            }
            if (count > 0) {
                send(socket.getOutputStream(), input, lines);
            }
        }
    }

    private void line(ByteArrayOutputStream lines, int series, long second) {
        cents[series] = Math.max(100, cents[series] + random.nextInt(201) - 100);
        lines.writeBytes(names[series]);
        digits(lines, cents[series] / 100);
        lines.write('.');
        lines.write('0' + (int) (cents[series] / 10 % 10));
        lines.write('0' + (int) (cents[series] % 10));
        lines.write(' ');
        digits(lines, second);
        lines.write('\n');
    }

    private static void digits(ByteArrayOutputStream lines, long number) {
        if (number >= 10) {
            digits(lines, number / 10);
        }
        lines.write('0' + (int) (number % 10));
    }

    private void send(OutputStream output, InputStream input, ByteArrayOutputStream lines) throws IOException {
        String head =
                "POST /api/v2/write?org=b&bucket=b&precision=s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token "
                        + token + "\r\nContent-Length: " + lines.size() + "\r\n\r\n";
        output.write(head.getBytes(US_ASCII));
        lines.writeTo(output);
        output.flush();
        lines.reset();
        String answer = head(input);
        if (!answer.startsWith("HTTP/1.1 204")) {
            throw new IOException("Cannot write: " + answer);
        }
    }

    /** Reads up to the blank line after the headers; a 204 has nothing after it. */
    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the server has closed the connection");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
