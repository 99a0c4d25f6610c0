package candlestack.local.command;

import candlestack.config.Settings;
import candlestack.local.LauncherException;
import candlestack.local.privacy.Purge;
import candlestack.local.privacy.UserTraces;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "purge",
        description = "Erases every user of whom nothing was heard for a time, as 'erase' does.",
        mixinStandardHelpOptions = true)
final class PrivacyPurgeCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Mixin
    private Where where;

    @Option(names = "--older-than", required = true, paramLabel = "TIME", description = "Such as 365d, 48h or 30m.")
    private String age;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration keep = duration(age);
        Settings settings = where.running().settings();
        Instant cutoff = Instant.now().minus(keep).truncatedTo(ChronoUnit.MILLIS);
        try (UserTraces traces = UserTraces.open(settings)) {
            int users = new Purge(traces, settings).erase(cutoff, PATIENCE);
            spec.commandLine().getOut().println("Erased " + users + " users last heard of before " + cutoff);
            return 0;
        }
    }

    static Duration duration(String text) {
        if (!text.matches("\\d{1,6}[dhm]")) {
            throw LauncherException.usage(
                    "Invalid --older-than: '" + text + "', expected a time such as 365d, 48h or 30m");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'd' -> Duration.ofDays(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
