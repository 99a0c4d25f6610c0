package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.PidFiles;
import candlestack.local.process.Termination;
import candlestack.local.stack.Launch;
import candlestack.local.stack.SingleInstance;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "down",
        description = "Stops the stack, and what a stack that was killed has left behind.",
        mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    private static final Duration LAUNCHER_GRACE = Duration.ofSeconds(25);

    @Mixin
    private Where where;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = where.installation();
        PrintWriter out = spec.commandLine().getOut();
        PidFiles pidFiles = new PidFiles(installation.run());
        Optional<ProcessHandle> launcher = pidFiles.find(Launch.LAUNCHER);
        if (launcher.isPresent()) {
            Termination.end(List.of(launcher.get()), LAUNCHER_GRACE);
        }
        List<String> orphans = endOrphans(installation, pidFiles);
        out.println(said(launcher.isPresent(), orphans));
        return 0;
    }

    /** Under the lock, so that nothing of a launcher that starts just now is taken for left over. */
    private static List<String> endOrphans(Installation installation, PidFiles pidFiles)
            throws IOException, InterruptedException {
        SingleInstance lock = SingleInstance.acquire(installation.run())
                .orElseThrow(() -> LauncherException.failed(
                        "Cannot stop: another launcher has started in " + installation.home()));
        try {
            return Launch.endOrphans(pidFiles);
        } finally {
            lock.close();
        }
    }

    private static String said(boolean wasRunning, List<String> orphans) {
        if (!orphans.isEmpty()) {
            return "Stopped what a killed launcher had left: " + String.join(", ", orphans);
        }
        return wasRunning ? "Stopped" : "Nothing is running";
    }
}
