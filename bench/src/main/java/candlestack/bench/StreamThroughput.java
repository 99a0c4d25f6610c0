package candlestack.bench;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How fast a backlog of a stream beside the market is in all of its stores: from the moment the job is asked to start,
 * and from when the first store has a tenth of it, which leaves the start of Spark out.
 */
final class StreamThroughput {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final double WARM = 0.1;

    private final Stack stack;
    private final StreamLoad load;
    private final Report report;
    private OptionalDouble warmShare = OptionalDouble.empty();
    private long warmNanos;

    private StreamThroughput(Stack stack, StreamLoad load, Report report) {
        this.stack = stack;
        this.load = load;
        this.report = report;
    }

    /** @param services what the stream needs beside the broker, analytics and sinks */
    static void measure(Stack stack, String services, StreamLoad load, Report report) throws Exception {
        stack.up("--parts", "kafka," + services);
        report.progress("filling the broker with " + load.events() + " events of " + load.stream());
        Backlog.fill(stack.kafka(), load.events(), load.records());
        stack.down();
        new StreamThroughput(stack, load, report).run(services);
    }

    private void run(String services) throws Exception {
        long start = System.nanoTime();
        stack.up("--parts", "kafka," + services + ",analytics,sinks", "--set", "analytics.streams=" + load.stream());
        awaitAll(start + LIMIT.toNanos());
        long end = System.nanoTime();
        report.figure(
                load.stream() + ", all stores: events/s incl. start of Spark",
                load.events() / ((end - start) / 1e9),
                "events/s");
        report.figure(
                load.stream() + ", all stores: events/s once running",
                load.events() * (1 - warmShare.orElseThrow()) / ((end - warmNanos) / 1e9),
                "events/s");
    }

    private void awaitAll(long deadline) throws Exception {
        Map<String, StreamLoad.Share> missing = new TreeMap<>(load.stores());
        while (!missing.isEmpty()) {
            String store = missing.keySet().iterator().next();
            double share = missing.get(store).of(stack);
            noteWarm(share);
            if (share >= 1) {
                missing.remove(store);
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Cannot measure " + load.stream() + ": after " + LIMIT + " " + store + " has " + share);
            } else {
                Thread.sleep(250);
            }
        }
    }

    private void noteWarm(double share) {
        if (warmShare.isEmpty() && share >= WARM) {
            warmShare = OptionalDouble.of(share);
            warmNanos = System.nanoTime();
        }
    }
}
