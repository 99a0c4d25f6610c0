package candlestack.local.command;

import candlestack.config.Settings;
import candlestack.local.LauncherException;
import candlestack.local.console.RowWriter;
import candlestack.local.privacy.DeadLetterTraces;
import candlestack.local.privacy.Erasure;
import candlestack.local.privacy.Tombstones;
import candlestack.local.privacy.UserTraces;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "erase",
        description = "Erases a user from every store and, by tombstone, from the topics; the aggregates follow."
                + " Prints how many rows there were before and after, and ends with 1 if any is left.",
        mixinStandardHelpOptions = true)
final class PrivacyEraseCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Mixin
    private Format format;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "The user's login.uuid.")
    private String user;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait until all is gone; by default ${DEFAULT-VALUE}.")
    private int seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        UUID id = id();
        Settings settings = where.running().settings();
        try (UserTraces traces = UserTraces.open(settings);
                DeadLetterTraces deadLetters = DeadLetterTraces.open(settings)) {
            Erasure erasure = new Erasure(traces, deadLetters, new Tombstones(settings));
            Erasure.Proof proof = erasure.erase(id, Duration.ofSeconds(seconds));
            print(proof);
            if (!proof.complete()) {
                throw LauncherException.failed("Not all is gone after " + seconds + " s. The request is at "
                        + proof.tombstone() + " and is carried out as soon as analytics and sinks run:"
                        + " './candlestack status' tells; ask again then");
            }
            return 0;
        }
    }

    private UUID id() {
        try {
            return UUID.fromString(user);
        } catch (IllegalArgumentException e) {
            throw LauncherException.usage("Invalid --user: '" + user + "', expected a UUID such as"
                    + " 3d45ca3c-40fc-46c0-9e95-72b77918b669");
        }
    }

    private void print(Erasure.Proof proof) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        RowWriter rows = format.format().writer(out);
        rows.begin(List.of("store", "before", "after"));
        for (Map.Entry<String, Long> before : proof.before().entrySet()) {
            rows.row(Arrays.asList(
                    before.getKey(), before.getValue(), proof.after().get(before.getKey())));
        }
        rows.end();
        spec.commandLine()
                .getErr()
                .println("Tombstone at " + proof.tombstone()
                        + "; what the topics hold before it goes within 13 h, when the broker compacts them.");
    }
}
