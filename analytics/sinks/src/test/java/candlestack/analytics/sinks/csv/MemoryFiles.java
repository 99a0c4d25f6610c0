package candlestack.analytics.sinks.csv;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Files that can fail, or the process be killed, before, within and after each operation that changes them. */
final class MemoryFiles implements ExportFiles {
    private final TreeMap<String, byte[]> contents = new TreeMap<>();
    private IntPredicate killedAt = step -> false;
    private IntPredicate fullAt = step -> false;
    private int steps;

    /** The end of the process: what was done stays, nothing else happens. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Steps are counted from 1. */
    void killAt(IntPredicate step) {
        killedAt = step;
    }

    /** The disk takes nothing at these steps. */
    void fillAt(IntPredicate step) {
        fullAt = step;
    }

    int steps() {
        return steps;
    }

    private void step() throws IOException {
        steps++;
        if (killedAt.test(steps)) {
            throw new Killed();
        }
        if (fullAt.test(steps)) {
            throw new IOException("No space left on device");
        }
    }

    String text(String name) {
        byte[] content = contents.get(name);
        return content == null ? "" : new String(content, StandardCharsets.UTF_8);
    }

    void put(String name, String text) {
        contents.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> names() {
        return List.copyOf(contents.keySet());
    }

    @Override
    public long size(String name) {
        byte[] content = contents.get(name);
        return content == null ? -1 : content.length;
    }

    @Override
    public InputStream read(String name) throws IOException {
        byte[] content = contents.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public void write(String name, Content content) throws IOException {
        step();
        contents.put(name, new byte[0]);
        append(name, content);
    }

    @Override
    public void append(String name, Content content) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        content.writeTo(output);
        byte[] added = output.toByteArray();
        if (!contents.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        step();
        add(name, Arrays.copyOfRange(added, 0, added.length / 2));
        step();
        add(name, Arrays.copyOfRange(added, added.length / 2, added.length));
        step();
    }

    private void add(String name, byte[] added) {
        byte[] before = contents.get(name);
        byte[] after = Arrays.copyOf(before, before.length + added.length);
        System.arraycopy(added, 0, after, before.length, added.length);
        contents.put(name, after);
    }

    @Override
    public void truncate(String name, long size) throws IOException {
        step();
        contents.put(name, Arrays.copyOf(contents.get(name), (int) size));
        step();
    }

    @Override
    public void move(String from, String to) throws IOException {
        step();
        contents.put(to, contents.remove(from));
        step();
    }

    @Override
    public void delete(String name) throws IOException {
        step();
        contents.remove(name);
        step();
    }
}
