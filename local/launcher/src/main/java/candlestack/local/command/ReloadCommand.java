package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.ingest.InstalledSources;
import candlestack.local.process.PidFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "reload",
        description = "Makes the running stack take the sources of the configuration as they are now.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Only sources whose settings have changed are started again. A configuration with a mistake is not taken:",
            "what was there before goes on. Settings beside 'sources' need a new start.",
            "",
            "Exit codes: 0 taken, 1 nothing runs or it does not answer, 2 the configuration has a mistake."
        })
public final class ReloadCommand implements Callable<Integer> {
    private static final String INGEST = "ingest";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 100;

    @Mixin
    private Where where;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = where.running();
        InstalledSources sources = new InstalledSources(installation, Clock.systemUTC());
        ProcessHandle ingest = new PidFiles(installation.run())
                .find(INGEST)
                .orElseThrow(() -> LauncherException.failed("Cannot reload: no sources are running; './candlestack up'"
                        + " takes the configuration as it is"));
        long before = count(sources.host());
        Instant signalled = Instant.now();
        hangUp(ingest);
        JsonNode taken = answer(sources, before, signalled);
        List<String> problems = new ArrayList<>();
        taken.path("problems").forEach(problem -> problems.add(problem.asText()));
        PrintWriter out = spec.commandLine().getOut();
        if (problems.isEmpty()) {
            out.println("Taken; './candlestack sources' shows what runs");
            out.flush();
            return 0;
        }
        throw LauncherException.usage(
                "Cannot take the configuration, what was there before goes on:\n  " + String.join("\n  ", problems));
    }

    /** No answer yet from a host that has just been started counts as none. */
    private static long count(Optional<JsonNode> host) {
        return host.map(status -> status.path("configuration").path("count").asLong())
                .orElse(0L);
    }

    private static JsonNode answer(InstalledSources sources, long before, Instant signalled)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<JsonNode> host = sources.host();
            if (host.isPresent() && answers(host.get(), before, signalled)) {
                return host.get().path("configuration");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw LauncherException.failed("Cannot reload: the sources' process does not answer; see './candlestack logs "
                + INGEST + "'. Started" + " under nohup it ignores SIGHUP: use 'up --detach' instead, or 'up --watch'");
    }

    /** Whether it has read the configuration since: one that was started again meanwhile has, and counts anew. */
    static boolean answers(JsonNode host, long before, Instant signalled) {
        String time = host.path("configuration").path("time").asText();
        return count(Optional.of(host)) > before
                || (!time.isEmpty() && Instant.parse(time).isAfter(signalled));
    }

    private static void hangUp(ProcessHandle process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sh", "-c", "kill -HUP " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw LauncherException.failed("Cannot reload: process " + process.pid() + " takes no signal");
        }
    }
}
