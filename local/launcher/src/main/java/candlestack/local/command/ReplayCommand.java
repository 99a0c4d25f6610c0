package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.ingest.Replay;
import candlestack.local.ingest.Replay.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = "Plays a CSV file of trades or quotes into the running stack, once.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./candlestack replay trades.csv --symbol BTC-USD --speed max",
            "  ./candlestack replay trades.csv.gz --symbol BTC-USD --speed 60 --shift-to-now",
            "  ./candlestack replay t.csv --symbol X --option columns=time=ts,price=last --option separator=tab",
            "",
            "Rows that cannot be read become dead letters with their line. './candlestack sources' lists the options."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final String SAMPLE = "sample:";
    private static final long SAY_SECONDS = 2;

    @Mixin
    private Where where;

    @Parameters(paramLabel = "FILE", description = "A CSV file, gzip too, or sample:bitstamp-2013.")
    private String file;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "The symbol of all rows.")
    private String symbol;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "max",
            description = "How many times faster than it happened; max, the default, does not wait.")
    private String speed;

    @Option(names = "--shift-to-now", description = "Move all times so that the file's last day begins now.")
    private boolean shiftToNow;

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Any other option of the replay source.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Spec
    private CommandSpec spec;

    private long said = System.nanoTime();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = where.running();
        Map<String, String> options = options();
        Progress[] last = {new Progress(0, 0, 0)};
        PrintWriter out = spec.commandLine().getOut();
        new Replay(installation, sourceName(), options).run(progress -> {
            last[0] = progress;
            say(progress, out);
        });
        out.println("Replayed " + file + ": " + last[0].published() + " events, " + last[0].rejected() + " rows refused"
                + (last[0].rejected() == 0 ? "" : " (see the topic dead.letters)"));
        out.flush();
        return 0;
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(more);
        options.put("type", "replay");
        options.put("file", file());
        options.put("speed", speed);
        options.put("shift-to-now", String.valueOf(shiftToNow));
        if (symbol != null) {
            options.put("symbol", symbol);
        }
        return options;
    }

    private String file() {
        if (file.startsWith(SAMPLE)) {
            return file;
        }
        Path path = Path.of(file).toAbsolutePath().normalize();
        if (!Files.isReadable(path)) {
            throw LauncherException.usage("Cannot replay '" + file + "': "
                    + (Files.exists(path) ? "not readable by this user" : "no such file"));
        }
        return path.toString();
    }

    /** From the file's name, so that the same file has the same name in every run. */
    private String sourceName() {
        String fileName =
                Path.of(file.replaceFirst("^" + SAMPLE, "")).getFileName().toString();
        String plain = fileName.replaceFirst("\\.csv(\\.gz)?$", "").replaceAll("[^A-Za-z0-9_-]", "-");
        return "replay-" + plain.substring(0, Math.min(60, plain.length()));
    }

    private void say(Progress progress, PrintWriter out) {
        if (System.nanoTime() - said > TimeUnit.SECONDS.toNanos(SAY_SECONDS)) {
            said = System.nanoTime();
            out.printf(
                    "%,d events, %,d refused, %,.0f per second%n",
                    progress.published(), progress.rejected(), progress.perSecond());
            out.flush();
        }
    }
}
