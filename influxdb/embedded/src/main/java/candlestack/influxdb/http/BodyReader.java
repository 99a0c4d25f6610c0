package candlestack.influxdb.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;

/** Reads bodies whole, within what one may have and what all together may have. Thread-safe. */
final class BodyReader {
    /** What is parsed of a body takes about three times its own size. */
    private static final int MEMORY_FACTOR = 4;

    private static final int UNIT = 1024;
    private static final int FIRST = 16 * UNIT;

    private final Limits limits;
    private final Semaphore units;

    BodyReader(Limits limits) {
        this.limits = limits;
        this.units = new Semaphore((int) Math.min(Integer.MAX_VALUE, limits.bufferedBytes() / UNIT), true);
    }

    Body read(Request request) throws IOException {
        long announced = request.getLength();
        if (announced > limits.bodyBytes()) {
            throw tooLarge();
        }
        int[] taken = {0};
        try {
            InputStream input = Content.Source.asInputStream(request);
            String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
            if (encoding == null || encoding.equals("identity")) {
                return read(input, (int) Math.max(FIRST, announced + 1), taken);
            }
            if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
                throw new ApiException(ErrorCode.INVALID, "unsupported content encoding: " + encoding);
            }
            return unzip(input, announced, taken);
        } catch (IOException | RuntimeException e) {
            units.release(taken[0]);
            throw e;
        }
    }

    private Body unzip(InputStream input, long announced, int[] taken) throws IOException {
        try (GZIPInputStream unzipped = new GZIPInputStream(input, FIRST)) {
            return read(unzipped, (int) Math.max(FIRST, Math.min(limits.bodyBytes(), announced * 4)), taken);
        } catch (EofException e) {
            throw e; // the client has gone
        } catch (ZipException | EOFException e) {
            throw new ApiException(ErrorCode.INVALID, "unable to read data: gzip: " + e.getMessage());
        }
    }

    private Body read(InputStream input, int firstCapacity, int[] taken) throws IOException {
        take(firstCapacity, taken);
        byte[] bytes = new byte[firstCapacity];
        int length = 0;
        while (true) {
            int count = input.readNBytes(bytes, length, bytes.length - length);
            length += count;
            if (length > limits.bodyBytes()) {
                throw tooLarge();
            }
            if (length < bytes.length) {
                int released = taken[0];
                return new Body(bytes, length, () -> units.release(released));
            }
            int capacity = (int) Math.min(bytes.length * 2L, limits.bodyBytes() + 1L);
            take(capacity - bytes.length, taken);
            bytes = Arrays.copyOf(bytes, capacity);
        }
    }

    private void take(int bytes, int[] taken) {
        int wanted = (int) Math.max(1, (long) bytes * MEMORY_FACTOR / UNIT);
        try {
            if (!units.tryAcquire(wanted, limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ApiException(ErrorCode.UNAVAILABLE, "too many large requests at once; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ErrorCode.UNAVAILABLE, "the server is stopping");
        }
        taken[0] += wanted;
    }

    private ApiException tooLarge() {
        return new ApiException(
                ErrorCode.TOO_LARGE,
                "unable to read data: points batch is too large: more than " + limits.bodyBytes() + " bytes");
    }
}
