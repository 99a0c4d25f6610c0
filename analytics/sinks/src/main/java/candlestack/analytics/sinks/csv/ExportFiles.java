package candlestack.analytics.sinks.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The files of one folder, by name; what has been written is on the disk when a method returns. */
interface ExportFiles {
    /** What goes into a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream output) throws IOException;
    }

    /** Names of all files; none if there is no folder yet. */
    List<String> names() throws IOException;

    /** Size in bytes; -1 if there is no such file. */
    long size(String name) throws IOException;

    /** The caller closes it. */
    InputStream read(String name) throws IOException;

    /** Makes the file, or begins it anew. */
    void write(String name, Content content) throws IOException;

    /** Adds to the end of the file. */
    void append(String name, Content content) throws IOException;

    void truncate(String name, long size) throws IOException;

    /** Gives the file another name at once, in place of any file that had it. */
    void move(String from, String to) throws IOException;

    /** Does nothing if there is no such file. */
    void delete(String name) throws IOException;
}
