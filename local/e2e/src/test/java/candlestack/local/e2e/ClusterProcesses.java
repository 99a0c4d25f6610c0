package candlestack.local.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Processes of this checkout's jars, each with a log in the folder. None survives {@link #close()}. One thread. */
final class ClusterProcesses implements AutoCloseable {
    private static final Path CHECKOUT = Path.of(System.getProperty("candlestack.checkout"));
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Path folder;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Set<Integer> given = new HashSet<>();

    ClusterProcesses(Path folder) {
        this.folder = folder;
    }

    static Path checkout() {
        return CHECKOUT;
    }

    /** Any free port, each only once. */
    int freePort() {
        while (true) {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (given.add(probe.getLocalPort())) {
                    return probe.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot find a free port", e);
            }
        }
    }

    /** A main class of a module, with its jar and its libraries. */
    Process java(String name, String module, List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(JAVA));
        words.addAll(options);
        Path target = CHECKOUT.resolve(module).resolve("target");
        words.addAll(List.of("-cp", target + "/*" + File.pathSeparator + target.resolve("lib") + "/*"));
        words.addAll(List.of(arguments));
        return start(name, words, environment);
    }

    Process start(String name, List<String> words, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.put(name, process);
        return process;
    }

    /** SIGKILL, for it and all that it has started. */
    void kill(String name) {
        Process process = processes.get(name);
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    boolean isAlive(String name) {
        return processes.get(name).isAlive();
    }

    /** SIGTERM. @return the exit code */
    int stop(String name) throws InterruptedException {
        Process process = processes.get(name);
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not stop");
        }
        return process.exitValue();
    }

    boolean says(String name, String text) {
        return said(name).contains(text);
    }

    String said(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the log of " + name, e);
        }
    }

    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    @Override
    public void close() {
        List<String> names = new ArrayList<>(processes.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            kill(names.get(i));
        }
    }
}
