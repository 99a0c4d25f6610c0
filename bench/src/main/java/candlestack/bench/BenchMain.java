package candlestack.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a stack of its own, with its own ports and an empty home, and prints what a user would see. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures a whole stack of its own on free ports, in a folder of its own.",
            "Close what else keeps the machine busy: every figure is a share of its cores."
        })
public final class BenchMain implements Callable<Integer> {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "throughput,latency,start,memory",
            description =
                    "What to measure: throughput, latency, start, memory (default: these), votes, users, devices.")
    private List<String> selected;

    @Option(
            names = "--quotes",
            defaultValue = "6000000",
            description = "Size of the backlog (default: ${DEFAULT-VALUE}).")
    private int quotes;

    @Option(
            names = "--events",
            defaultValue = "500000",
            description = "Size of the backlog of a stream beside the market (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--symbols",
            defaultValue = "500",
            description = "Symbols in the backlog (default: ${DEFAULT-VALUE}).")
    private int symbols;

    @Option(
            names = "--rate",
            defaultValue = "5000",
            description = "Quotes a second while latency is measured (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--probes",
            defaultValue = "500",
            description = "How many quotes are timed from the broker to Flux (default: ${DEFAULT-VALUE}).")
    private int probes;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "How long the stack runs before its memory is read (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--checkout",
            defaultValue = "${env:CANDLESTACK_CHECKOUT:-.}",
            description = "The folder with ./candlestack (default: this one).")
    private Path checkout;

    private BenchMain() {}

    /** Exits with 0 when all was measured, 1 when a measurement failed, 2 on wrong arguments. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain())
                .setExecutionExceptionHandler(BenchMain::explain)
                .execute(arguments));
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("bench: " + failure.getMessage());
        return 1;
    }

    @Override
    public Integer call() throws Exception {
        Report report = new Report(System.out);
        report.machine();
        if (selected.contains("throughput")) {
            Throughput.measure(checkout, quotes, symbols, report);
        }
        if (selected.contains("votes")) {
            measureStream("influxdb,postgres", VotesLoad.of(events), report);
        }
        if (selected.contains("users")) {
            measureStream("influxdb,postgres,mongodb,cassandra", UsersLoad.of(events), report);
        }
        if (selected.contains("devices")) {
            measureStream("influxdb,postgres", DevicesLoad.of(events), report);
        }
        if (selected.contains("start")) {
            FirstAverage.measure(checkout, report);
        }
        if (selected.contains("latency") || selected.contains("memory")) {
            measureRunning(report);
        }
        return 0;
    }

    private void measureStream(String services, StreamLoad load, Report report) throws Exception {
        try (Stack stack = Stack.create(checkout)) {
            StreamThroughput.measure(stack, services, load, report);
        }
    }

    private void measureRunning(Report report) throws Exception {
        try (Stack stack = Stack.create(checkout)) {
            stack.up("--source", "market", "--set", "sources.market.rate=" + rate);
            if (selected.contains("latency")) {
                Latency.measure(stack, rate, probes, report);
            }
            if (selected.contains("memory")) {
                Memory.measure(stack, Duration.ofMinutes(minutes), report);
            }
        }
    }
}
