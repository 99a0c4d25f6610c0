package candlestack.ingest.sources.replay;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a file as they are written, with their line numbers. A row ends with its line, unless a quoted field goes
 * on in the next. A quote that nobody closes costs its own line, not the rest of the file.
 */
final class Rows implements AutoCloseable {
    private static final int MOST_LINES = 100;

    private final InputFile file;
    private final BufferedReader reader;
    /** Lines that were read to find the end of a quoted field and turned out not to belong to it. */
    private final Deque<String> again = new ArrayDeque<>();

    private long line;
    private long count;

    /**
     * @param number of the row, from 1 in the file's order, its header not counted
     * @param line where it begins, from 1
     */
    record Row(long number, long line, String text) {}

    private Rows(InputFile file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    static Rows open(InputFile file) throws SourceException {
        return new Rows(file, file.open());
    }

    /** The first line, before any row is asked for. */
    Optional<String> header() throws SourceException {
        return Optional.ofNullable(readLine()).map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** Skips rows; fewer if the file ends. */
    void skip(long rows) throws SourceException {
        while (count < rows && next().isPresent()) {
            // The count is the point.
        }
    }

    /** How many rows were read. */
    long count() {
        return count;
    }

    /** The next row that is not blank; empty at the end. */
    Optional<Row> next() throws SourceException {
        String text = readLine();
        while (text != null && text.isBlank()) {
            text = readLine();
        }
        if (text == null) {
            return Optional.empty();
        }
        count++;
        return Optional.of(new Row(count, line, isOpen(text) ? joined(text) : text));
    }

    private String joined(String first) throws SourceException {
        List<String> more = new ArrayList<>();
        StringBuilder row = new StringBuilder(first);
        boolean open = true;
        while (open && more.size() < MOST_LINES) {
            String text = readLine();
            if (text == null) {
                break;
            }
            more.add(text);
            row.append('\n').append(text);
            open ^= isOpen(text);
        }
        if (!open) {
            return row.toString();
        }
        again.addAll(more);
        line -= more.size();
        return first;
    }

    /** An odd number of quotes: a field that is not closed, or a second half of one. */
    private static boolean isOpen(String text) {
        int quote = text.indexOf('"');
        boolean open = false;
        while (quote >= 0) {
            open = !open;
            quote = text.indexOf('"', quote + 1);
        }
        return open;
    }

    private String readLine() throws SourceException {
        try {
            String text = again.isEmpty() ? reader.readLine() : again.poll();
            if (text != null) {
                line++;
            }
            return text;
        } catch (EOFException e) {
            throw failure("the zipped data end too early", e);
        } catch (IOException e) {
            throw failure(e.getMessage(), e);
        }
    }

    private SourceException failure(String cause, IOException e) {
        String place = "Cannot read line " + (line + 1) + " of " + file.name() + ": ";
        return new SourceException(ErrorKind.PROTOCOL, place + cause, e);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            // Nothing was written: nothing is lost, and there is nothing to try again.
            again.clear();
        }
    }
}
