package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Termination;
import candlestack.local.stack.JvmService;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "bench", description = "Measures a stack of its own; 'bench --help' shows what and how.")
public final class BenchCommand implements Callable<Integer> {
    private static final String MODULE = "bench";
    private static final Duration STOP_GRACE = Duration.ofMinutes(1);

    @Mixin
    private Where where;

    @Parameters(paramLabel = "ARGUMENT", description = "Arguments of the benchmark.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = where.installation();
        if (!Files.isDirectory(installation.root().resolve(MODULE))) {
            throw LauncherException.failed("Cannot measure: this checkout has no module " + MODULE);
        }
        candlestack.local.process.Command command = new JvmService(
                        installation, MODULE, MODULE, "candlestack.bench.BenchMain")
                .options("-Xmx1g")
                .command(arguments);
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile());
        builder.environment().putAll(command.environment());
        builder.environment().put("CANDLESTACK_CHECKOUT", installation.root().toString());
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        Process bench = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(bench), "end-bench"));
        return bench.waitFor();
    }

    /** Whoever interrupts us waits until the stack that is measured is gone, too. */
    private static void end(Process bench) {
        try {
            Termination.end(List.of(bench.toHandle()), STOP_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
