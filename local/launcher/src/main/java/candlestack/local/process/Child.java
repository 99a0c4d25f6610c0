package candlestack.local.process;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A running child process whose output goes to its log.
 *
 * <p>Its standard input stays open and empty for as long as this process lives: the end of it tells the child that
 * the launcher is gone. It runs in a session of its own where the machine can do that, so that a Ctrl-C in the
 * terminal reaches the launcher alone, which then stops the children in their order.
 */
public final class Child {
    private static final long LAST_WORDS_SECONDS = 2;

    private final Process process;
    private final ServiceLog log;
    private final Predicate<String> readyLine;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;

    private Child(Process process, ServiceLog log, Predicate<String> readyLine) {
        this.process = process;
        this.log = log;
        this.readyLine = requireNonNull(readyLine, "readyLine is null");
        this.reader = new Thread(this::copyOutput, "log-" + process.pid());
        reader.setDaemon(true);
    }

    /** Starts the process and a thread that reads it until it ends. */
    public static Child start(Command command, Path logFile, Predicate<String> readyLine) throws IOException {
        ServiceLog log = new ServiceLog(logFile);
        ProcessBuilder builder = new ProcessBuilder(inItsOwnSession(command.words()))
                .directory(command.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(command.environment());
        try {
            Child child = new Child(builder.start(), log, readyLine);
            child.reader.start();
            return child;
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits until the child has said that it is ready. @return false when it ended or the time was up before */
    public boolean awaitReady(long limitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        while (!ready.await(50, TimeUnit.MILLISECONDS)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    /** Waits for its end and for its last words to be in the log. @return the exit code, 128 + n after signal n */
    public int awaitExit() throws InterruptedException {
        int code = process.waitFor();
        reader.join(TimeUnit.SECONDS.toMillis(LAST_WORDS_SECONDS));
        return code;
    }

    /** The last lines it wrote. */
    public List<String> tail() {
        return log.tail();
    }

    private void copyOutput() {
        try (log;
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.write(line);
                if (ready.getCount() > 0 && readyLine.test(line)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read from process " + process.pid(), e);
        }
    }

    private static List<String> inItsOwnSession(List<String> words) {
        if (Programs.find("setsid").isEmpty()) {
            return words;
        }
        List<String> detached = new ArrayList<>(words.size() + 1);
        detached.add("setsid");
        detached.addAll(words);
        return detached;
    }
}
