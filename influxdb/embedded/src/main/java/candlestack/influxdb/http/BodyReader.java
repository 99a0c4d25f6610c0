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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads bodies whole, within what one may have and what all together may have. Thread-safe. */
final class BodyReader {
    private static final Logger log = LoggerFactory.getLogger(BodyReader.class);

    /** What is parsed of a body takes about three times its own size. */
    private static final int MEMORY_FACTOR = 4;

    private static final int UNIT = 1024;
    private static final int FIRST = 16 * UNIT;
    /** Whoever sends more than this after a refusal may lose the answer. */
    private static final long MOST_DISCARDED = 256 << 20;

    private static final long MOST_NANOS_DISCARDING = 30_000_000_000L;

    private final Limits limits;
    private final Semaphore units;

    BodyReader(Limits limits) {
        this.limits = limits;
        this.units = new Semaphore((int) Math.min(Integer.MAX_VALUE, limits.bufferedBytes() / UNIT), true);
    }

    /** Refuses a body that says itself that it is too large, before any of it is read. */
    void checkAnnounced(Request request) {
        if (request.getLength() > limits.bodyBytes()) {
            throw tooLarge();
        }
    }

    /** @throws ApiException if it turns out to be too large, or is not what its encoding says */
    Body read(Request request) throws IOException {
        long announced = request.getLength();
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

    /** Reads on without keeping anything, within limits. */
    void discard(Request request) {
        byte[] bytes = new byte[FIRST];
        long left = MOST_DISCARDED;
        long begun = System.nanoTime();
        try {
            InputStream input = Content.Source.asInputStream(request);
            for (int count = 0;
                    count >= 0 && left > 0 && System.nanoTime() - begun < MOST_NANOS_DISCARDING;
                    left -= count) {
                count = input.read(bytes);
            }
        } catch (IOException e) {
            log.debug("The client has gone while it was sending: {}", e.getMessage());
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
