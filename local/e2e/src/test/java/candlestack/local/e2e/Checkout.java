package candlestack.local.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./candlestack} of this checkout with a home and ports of its own. One thread. */
final class Checkout {
    private static final long COMMAND_SECONDS = 180;
    private static final List<String> LINKED = List.of(
            "analytics",
            "bench",
            "candlestack.yaml",
            "config",
            "grafana",
            "influxdb",
            "ingest",
            "local",
            "postgres",
            "setup");
    private static final List<String> PORTS = List.of(
            "kafka.port",
            "influxdb.port",
            "postgres.port",
            "mongodb.port",
            "cassandra.port",
            "grafana.port",
            "status.port");

    private final Path root;
    private final Path home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int commands;

    /** What a command has done. */
    record Outcome(int code, String out, String err) {}

    /** A command at work. */
    record Command(List<String> words, Process process, Path out, Path err) {
        /** Waits for its end. */
        Outcome end() throws IOException, InterruptedException {
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still at work after " + COMMAND_SECONDS + " s: " + words);
            }
            return new Outcome(process.exitValue(), text(out), text(err));
        }
    }

    /** @param folder gets the checkout, as links to this one, and the home; both with a space in their path */
    Checkout(Path folder) throws IOException {
        this.root = linked(folder.resolve("a checkout"));
        this.home = folder.resolve("a home");
        List<ServerSocket> probes = new ArrayList<>();
        for (String key : PORTS) {
            ServerSocket probe = new ServerSocket(0);
            probes.add(probe);
            settings.put(key, String.valueOf(probe.getLocalPort()));
        }
        for (ServerSocket probe : probes) {
            probe.close();
        }
    }

    /** The script itself is copied: it finds its checkout through links. */
    private static Path linked(Path copy) throws IOException {
        Path original = Path.of(System.getProperty("candlestack.checkout"));
        Files.createDirectories(copy.resolve("target"));
        for (String name : LINKED) {
            Files.createSymbolicLink(copy.resolve(name), original.resolve(name));
        }
        Files.copy(original.resolve("candlestack"), copy.resolve("candlestack"), StandardCopyOption.COPY_ATTRIBUTES);
        return copy;
    }

    Path root() {
        return root;
    }

    Path home() {
        return home;
    }

    Checkout with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    String setting(String key) {
        return settings.get(key);
    }

    /** {@code up --detach} with this checkout's settings, and more options. */
    Outcome up(String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("up", "--detach"));
        words.addAll(List.of(more));
        settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        return run(words.toArray(String[]::new));
    }

    /** Any command, from a folder that is not the checkout. The running stack's settings are known to it. */
    Outcome run(String... arguments) throws IOException, InterruptedException {
        return begin(arguments).end();
    }

    /** The same, which the caller ends. */
    Command begin(String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(root.resolve("candlestack").toString());
        words.addAll(List.of(arguments));
        Path folder = Files.createDirectories(home.resolveSibling("said"));
        Path out = folder.resolve(commands + ".out");
        Path err = folder.resolve(commands + ".err");
        commands++;
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("CANDLESTACK_HOME", home.toString());
        // Maven is at work in this checkout: it has built, and is running this test.
        builder.environment().put("CANDLESTACK_BUILD", "skip");
        return new Command(words, builder.start(), out, err);
    }

    /** A command that must succeed. @return what it printed */
    String output(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        if (outcome.code() != 0) {
            throw new AssertionError(List.of(arguments) + " ended with " + outcome);
        }
        return outcome.out();
    }

    /** What the viewer's own check says of every target of these dashboards, a line each. */
    String checkPanels(List<String> dashboards) throws IOException, InterruptedException {
        Path viewer = root.resolve("grafana/viewer/target");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                viewer.resolve("classes") + ":" + viewer.resolve("lib") + "/*",
                "candlestack.viewer.check.PanelsCheck",
                "http://127.0.0.1:" + setting("grafana.port"),
                root.resolve("grafana").toString()));
        words.addAll(dashboards);
        Path said = Files.createDirectories(home.resolveSibling("said")).resolve("panels.out");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still at work after " + COMMAND_SECONDS + " s: " + words);
        }
        return text(said);
    }

    /** The process that is recorded under a name. */
    ProcessHandle process(String name) throws IOException {
        String pid = Files.readString(home.resolve("run/" + name + ".pid")).split(" ")[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() -> new AssertionError(name + " does not run"));
    }

    void kill(String name) throws IOException, InterruptedException {
        ProcessHandle process = process(name);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Everything that runs and has this home in its command line. */
    List<String> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(home.toString()))
                    .toList();
        }
    }

    /** Whatever a failed test has left. */
    void stopByForce() throws IOException, InterruptedException {
        run("down");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
