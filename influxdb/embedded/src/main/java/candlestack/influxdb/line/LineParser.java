package candlestack.influxdb.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import candlestack.influxdb.store.BucketStore;
import candlestack.influxdb.store.PointBatch;

/** Parses a batch of lines into points of one bucket. Not thread-safe; one batch, one parser. */
public final class LineParser {
    /** A message that repeats more than this of the input ends. */
    private static final int LONGEST_MESSAGE = 1 << 16;

    private static final int LONGEST_ECHO = 1 << 12;

    private final PointParser points;
    private final PointBatch batch = new PointBatch();
    private final StringBuilder failures = new StringBuilder();
    private int firstFailure;

    /** @param now the time in nanoseconds of lines that name none, cut to the precision */
    public LineParser(BucketStore bucket, Precision precision, long now) {
        requireNonNull(bucket, "bucket is null");
        points = new PointParser(bucket, precision, now, batch);
    }

    /**
     * @param bytes the lines, UTF-8
     * @param length how many of the bytes count
     * @throws LineProtocolException with every bad line up to a limit, each with its reason
     */
    public PointBatch parse(byte[] bytes, int length) throws LineProtocolException {
        int position = 0;
        int line = 1;
        while (position < length && failures.length() < LONGEST_MESSAGE) {
            int end = endOfLine(bytes, position, length);
            int start = Scan.skipWhitespace(bytes, position, end);
            if (start < end && bytes[start] != '#') {
                parseLine(bytes, start, end, line);
            }
            line += newlines(bytes, position, end) + 1;
            position = end + 1;
        }
        if (firstFailure > 0) {
            throw new LineProtocolException(failures.toString(), firstFailure);
        }
        return batch;
    }

    private void parseLine(byte[] bytes, int start, int end, int line) {
        try {
            points.parse(bytes, start, end);
        } catch (BadLine e) {
            batch.dropPoint();
            if (firstFailure == 0) {
                firstFailure = line;
            } else {
                failures.append('\n');
            }
            String echo = new String(bytes, start, Math.min(end - start, LONGEST_ECHO), UTF_8);
            failures.append("unable to parse '")
                    .append(echo)
                    .append(end - start > LONGEST_ECHO ? "...': " : "': ")
                    .append(e.getMessage());
        }
    }

    /** The end of a line: a newline, but not in a string field, nor after a backslash. */
    private static int endOfLine(byte[] bytes, int start, int length) {
        boolean quoted = false;
        boolean fields = false;
        int equals = 0;
        int commas = 0;
        int i = start;
        while (i < length) {
            byte next = bytes[i];
            if (next == '\\' && i + 2 < length) {
                i += 2;
                continue;
            }
            if (next == ' ') {
                fields = true;
            } else if (fields && !quoted && next == '=') {
                equals++;
            } else if (fields && !quoted && next == ',') {
                commas++;
            } else if (fields && next == '"' && equals > commas) {
                quoted = !quoted;
            } else if (next == '\n' && !quoted) {
                return i;
            }
            i++;
        }
        return length;
    }

    private static int newlines(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                count++;
            }
        }
        return count;
    }
}
