package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.FileTree;
import candlestack.local.process.Termination;
import candlestack.local.stack.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is done once after a build, by the script that has built. */
@Command(name = "prepare", hidden = true, description = "Makes ready what every start needs.")
public final class PrepareCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Mixin
    private Where where;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = where.installation();
        Path folder = installation.root().resolve("target").resolve("rehearsal");
        var command = Catalogue.rehearsal(installation)
                .command(folder.resolve("tmp"), List.of(folder.resolve("home").toString()));
        Process process = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw LauncherException.failed("Cannot make Spark's classes ready");
            }
            return 0;
        } finally {
            Termination.end(List.of(process.toHandle()), Duration.ZERO);
            FileTree.delete(folder);
        }
    }
}
