package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code run/ingest-calls}: which sources' code is being called, in memory that the operating system keeps when the
 * process dies in such a call, whatever ended it. Thread-safe.
 */
final class CallLog {
    private static final int SLOT = 128;
    private static final int SLOTS = 512;

    private final MappedByteBuffer memory;
    private int used;

    private CallLog(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /** Begins anew: what the process before has left is to be read first. */
    static CallLog open(Path home) throws IOException {
        Path file = Ingest.runDirectory(home).resolve("ingest-calls");
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new CallLog(channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SLOT * SLOTS));
        }
    }

    /** Where one source's calls are noted. */
    final class Slot {
        private final String source;
        private final int offset;

        private Slot(String source, int offset) {
            this.source = requireNonNull(source, "source is null");
            this.offset = offset;
        }

        void enter(String method) {
            byte[] text = ("'" + source + "' (" + method + ")").getBytes(StandardCharsets.UTF_8);
            memory.put(offset, Arrays.copyOf(text, SLOT));
        }

        void leave() {
            memory.put(offset, (byte) 0);
        }
    }

    /** After some hundred sources have come and gone the first slots are used again. */
    synchronized Slot slot(String source) {
        return new Slot(source, SLOT * (used++ % SLOTS));
    }

    /** What was being called when the process before this one ended; empty if it left nothing. */
    static List<String> left(Path home) throws IOException {
        List<String> calls = new ArrayList<>();
        byte[] memory;
        try {
            memory = Files.readAllBytes(home.resolve("run/ingest-calls"));
        } catch (NoSuchFileException e) {
            return calls;
        }
        for (int offset = 0; offset + SLOT <= memory.length; offset += SLOT) {
            if (memory[offset] != 0) {
                calls.add(new String(memory, offset, SLOT, StandardCharsets.UTF_8).replace("\0", ""));
            }
        }
        return calls;
    }
}
