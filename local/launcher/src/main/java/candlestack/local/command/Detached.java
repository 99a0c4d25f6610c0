package candlestack.local.command;

import static java.util.Objects.requireNonNull;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Programs;
import candlestack.local.process.Termination;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The same launcher once more, in a session of its own, followed by this one until everything is ready. */
final class Detached {
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 50;

    private final Installation installation;
    private final List<String> arguments;
    private final PrintWriter out;

    /** @param arguments of the launcher that is to stay, without the wish to be detached */
    Detached(Installation installation, List<String> arguments, PrintWriter out) {
        this.installation = requireNonNull(installation, "installation is null");
        this.arguments = List.copyOf(arguments);
        this.out = requireNonNull(out, "out is null");
    }

    /**
     * Returns when the other launcher has said {@code readyLine}, which is repeated here like all that it says.
     *
     * @return 0, or the exit code of the other launcher when it could not start
     */
    int start(String readyLine) throws IOException, InterruptedException {
        installation.createHome();
        Path log = freshLog();
        Process launcher = new ProcessBuilder(command())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread giveUp = new Thread(() -> stop(launcher), "give-up");
        Runtime.getRuntime().addShutdownHook(giveUp);
        boolean ready = follow(launcher, log, readyLine);
        Runtime.getRuntime().removeShutdownHook(giveUp);
        return ready ? 0 : launcher.waitFor();
    }

    /** The log of the run before is kept as the one with the number. */
    private Path freshLog() throws IOException {
        Path log = installation.logs().resolve("launcher.log");
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("launcher.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.createFile(log);
    }

    private List<String> command() {
        List<String> words = new ArrayList<>();
        Programs.find("setsid").ifPresent(program -> words.add(program.toString()));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add("candlestack.local.Main");
        words.addAll(arguments);
        return words;
    }

    private boolean follow(Process launcher, Path log, String readyLine) throws IOException, InterruptedException {
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            while (true) {
                boolean alive = launcher.isAlive();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    out.println(line);
                    out.flush();
                    if (line.equals(readyLine)) {
                        return true;
                    }
                }
                if (!alive) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private static void stop(Process launcher) {
        try {
            Termination.end(List.of(launcher.toHandle()), STOP_GRACE);
        } catch (InterruptedException e) {
            throw LauncherException.failed("Cannot stop what was started", e);
        }
    }
}
