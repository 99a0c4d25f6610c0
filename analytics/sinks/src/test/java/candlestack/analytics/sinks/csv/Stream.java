package candlestack.analytics.sinks.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The topic of readings, analytics that may write a batch to it again, a consumer that commits after it has delivered, and
 * the export.
 */
final class Stream {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    static final String HEADER = new String(CsvRow.HEADER, StandardCharsets.UTF_8);
    /** Joins three parts, if they have no more than about six rows. */
    static final Compaction.Limits LIMITS = new Compaction.Limits(3, 250);

    private final MemoryFiles files;
    private final Random random;
    private final List<Row> topic = new ArrayList<>();
    private Instant now = START;
    private int committed;
    private Count count = new Count(1_000, 0);
    private long number;
    private int named;
    private PartWriter writer;
    private Merger merger;

    Stream(MemoryFiles files, long seed) {
        this.files = files;
        this.random = new Random(seed);
        restart();
    }

    /** What a new process begins with. */
    void restart() {
        writer = new PartWriter(files);
        merger = new Merger(files, LIMITS, Duration.ofDays(365), () -> now);
    }

    Stream rows(int rows) {
        for (int i = 0; i < rows; i++) {
            now = now.plusMillis(700);
            String line = named++ + "," + "x".repeat(named % 7) + "\n";
            topic.add(new Row(count, number++, now, line.getBytes(StandardCharsets.UTF_8)));
            if (random.nextInt(10) == 0) {
                repeatBatch();
            }
        }
        return this;
    }

    /** Analytics was killed after it had written some of a batch. */
    private void repeatBatch() {
        int batch = Math.min(topic.size(), 1 + random.nextInt(8));
        for (Row row : List.copyOf(topic.subList(topic.size() - batch, topic.size()))) {
            now = now.plusMillis(700);
            topic.add(new Row(row.count(), row.number(), now, row.line()));
        }
    }

    boolean isDelivered() {
        return committed == topic.size();
    }

    /** Some of what is not committed, and sometimes the merger. */
    void turn() throws IOException {
        if (!isDelivered()) {
            int end = Math.min(topic.size(), committed + 1 + random.nextInt(4));
            writer.write(topic.subList(committed, end));
            committed = end;
        }
        if (random.nextInt(3) > 0) {
            merge();
        }
    }

    void merge() throws IOException {
        merger.run();
    }

    /** Topic and state are made anew after all was delivered. */
    void wipe() {
        topic.clear();
        committed = 0;
        now = now.plusSeconds(60);
        count = new Count(now.toEpochMilli(), 0);
        number = 0;
    }

    /** All rows there ever were, as the merged file should have them. */
    String expected() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < named; i++) {
            text.append(i).append(',').append("x".repeat((i + 1) % 7)).append('\n');
        }
        return text.toString();
    }
}
