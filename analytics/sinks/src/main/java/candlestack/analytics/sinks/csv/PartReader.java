package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.csv.PartName.Form;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads part files. For one thread. */
final class PartReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ExportFiles files;

    PartReader(ExportFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    /** Whether the file has its header and, to the end of the last, as many rows as its name says. */
    boolean isWhole(PartName part) throws IOException {
        try (InputStream input = open(part)) {
            return readHeader(input) && countRows(input) == part.rows();
        } catch (EOFException | ZipException e) {
            return false;
        }
    }

    /** Copies the rows of a whole part that are not there yet. */
    void copy(PartName part, Coverage there, OutputStream output) throws IOException {
        try (InputStream input = open(part)) {
            readHeader(input);
            if (there.misses(part)) {
                input.transferTo(output);
            } else {
                copyMissing(part, there, input, output);
            }
        }
    }

    private InputStream open(PartName part) throws IOException {
        InputStream raw = files.read(part.fileName());
        try {
            return new BufferedInputStream(
                    part.form() == Form.GZIP ? new GZIPInputStream(raw, BUFFER_BYTES) : raw, BUFFER_BYTES);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean readHeader(InputStream input) throws IOException {
        return Arrays.equals(input.readNBytes(CsvRow.HEADER.length), CsvRow.HEADER);
    }

    /** -1 if the last row has no end. */
    private static long countRows(InputStream input) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long rows = 0;
        byte last = '\n';
        for (int length = input.read(buffer); length > 0; length = input.read(buffer)) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n') {
                    rows++;
                }
            }
            last = buffer[length - 1];
        }
        return last == '\n' ? rows : -1;
    }

    private static void copyMissing(PartName part, Coverage there, InputStream input, OutputStream output)
            throws IOException {
        long number = part.first();
        for (int next = input.read(); next >= 0; next = input.read()) {
            if (!there.covers(part, number)) {
                output.write(next);
            }
            if (next == '\n') {
                number++;
            }
        }
    }
}
