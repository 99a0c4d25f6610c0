package candlestack.local.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service of ours as a child process of a test, from its own jar and lib folder; ended with the test's JVM. */
final class TestProcess {
    private static final long READY_SECONDS = 180;
    private static final long STOP_SECONDS = 60;
    private static final int KEPT_LINES = 40;

    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;
    private final Thread hook;

    private TestProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "test-process-" + process.pid());
        this.hook = new Thread(process::destroyForcibly, "end-test-process-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts the main class and returns when it has said that it is ready.
     *
     * @param options of the JVM
     * @param environment in addition to the test's own
     */
    static TestProcess start(String mainClass, List<String> options, Path home, Map<String, String> environment) {
        try {
            Path temporary = Files.createDirectories(home.resolve("tmp"));
            List<String> words = new ArrayList<>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(options);
            words.add("-Djava.io.tmpdir=" + temporary);
            words.addAll(List.of("-cp", classPath(module(mainClass)), mainClass));
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("CANDLESTACK_HOME", home.toString());
            builder.environment()
                    .put("CANDLESTACK_CONFIG", home.resolve("none.yaml").toString());
            builder.environment().putAll(environment);
            TestProcess started = new TestProcess(builder.start());
            started.awaitReady(mainClass);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + mainClass, e);
        }
    }

    /** The folder of the module that the class comes from. */
    static Path module(String mainClass) {
        try {
            Class<?> main = Class.forName(mainClass, false, TestProcess.class.getClassLoader());
            Path code = Path.of(
                    main.getProtectionDomain().getCodeSource().getLocation().toURI());
            // target/classes or target/<artifact>.jar
            return code.getParent().getParent();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("Cannot find " + mainClass, e);
        }
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find a free port", e);
        }
    }

    /** As SIGTERM does. @return the exit code */
    int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private static String classPath(Path module) {
        Path target = module.resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(
                    "Cannot start " + module + ": it is not packaged; run mvn verify or" + " package, not test");
        }
        return target.resolve("classes") + java.io.File.pathSeparator + target.resolve("lib") + "/*";
    }

    private void awaitReady(String mainClass) {
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
            while (!ready.await(50, TimeUnit.MILLISECONDS)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    kill();
                    throw new IllegalStateException("Cannot start " + mainClass + ":\n" + lastLines());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException("Interrupted while " + mainClass + " was starting", e);
        }
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("It does not stop:\n" + lastLines());
            }
            reader.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            Runtime.getRuntime().removeShutdownHook(hook);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException("Interrupted while a process was stopping", e);
        }
    }

    private String lastLines() {
        synchronized (lastLines) {
            return String.join("\n", lastLines);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                if (line.startsWith("ready ")) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            keep("Cannot read what it says: " + e.getMessage());
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            lastLines.add(line);
            if (lastLines.size() > KEPT_LINES) {
                lastLines.remove();
            }
        }
    }
}
