package candlestack.bench;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How fast a backlog of a stream beside the market is in all of its stores: from the moment the job is asked to start,
 * and from when the first store has a tenth of it, which leaves the start of Spark out. A micro-batch takes a twentieth,
 * so that a tenth is there long before all is.
 */
final class StreamThroughput {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final double WARM = 0.1;
    private static final int BATCHES = 20;
    /** The setting's own least. */
    private static final long SMALLEST_BATCH = 1000;

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
        long batch = Math.max(SMALLEST_BATCH, load.events() / BATCHES);
        stack.up(
                "--parts",
                "kafka," + services + ",analytics,sinks",
                "--set",
                "analytics.streams=" + load.stream(),
                "--set",
                "analytics.batch=" + batch);
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
        for (StreamLoad.Store store : load.stores()) {
            await(store, deadline);
        }
    }

    private void await(StreamLoad.Store store, long deadline) throws Exception {
        double share = store.share().of(stack);
        noteWarm(share);
        while (share < 1) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Cannot measure " + load.stream() + ": after " + LIMIT + " "
                        + store.name() + " has " + share + " of the events");
            }
            Thread.sleep(250);
            share = store.share().of(stack);
            noteWarm(share);
        }
    }

    private void noteWarm(double share) {
        if (warmShare.isEmpty() && share >= WARM) {
            warmShare = OptionalDouble.of(share);
            warmNanos = System.nanoTime();
        }
    }
}
