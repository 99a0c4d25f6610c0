package candlestack.influxdb.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A CSV answer whose beginning is held back, so that what goes wrong early is still answered with an error of its own.
 * Zipped where the client takes that and it pays. Not thread-safe.
 */
final class AnswerStream extends OutputStream {
    private static final int HELD_BACK = 64 * 1024;
    private static final int WORTH_ZIPPING = 1400;

    private final Exchange exchange;
    private final boolean zipped;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(4096);
    private OutputStream open;

    AnswerStream(Exchange exchange) {
        this.exchange = exchange;
        this.zipped = exchange.header("Accept-Encoding")
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (open == null && held.size() + length > HELD_BACK) {
            begin(zipped);
        }
        (open == null ? held : open).write(bytes, from, length);
    }

    /** Whether the client has begun to get the answer. */
    boolean begun() {
        return open != null;
    }

    /** Sends what is left, then the trailer unless there was nothing at all, and ends the answer. */
    void end(byte[] trailer) throws IOException {
        if (open != null || held.size() > 0) {
            write(trailer, 0, trailer.length);
        }
        if (open == null) {
            begin(zipped && held.size() >= WORTH_ZIPPING);
        }
        open.close();
    }

    private void begin(boolean zip) throws IOException {
        exchange.header("Vary", "Accept-Encoding");
        if (zip) {
            exchange.header("Content-Encoding", "gzip");
        }
        OutputStream plain = exchange.stream(200, "text/csv; charset=utf-8");
        open = zip ? new GZIPOutputStream(plain, HELD_BACK) : plain;
        held.writeTo(open);
        held.reset();
    }
}
