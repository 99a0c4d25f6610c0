package candlestack.analytics.sinks.csv;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts what is written. */
final class CountingOutput extends FilterOutputStream {
    private long bytes;

    CountingOutput(OutputStream output) {
        super(output);
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int next) throws IOException {
        out.write(next);
        bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        bytes += length;
    }
}
