package candlestack.influxdb.store;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.flux.storage.Block;
import candlestack.flux.storage.Predicate;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes has lost nothing that it acknowledged. */
class KillTest {
    private static final int KILLS = 50;
    private static final int MOST_BATCHES = 400;

    @TempDir
    Path directory;

    private final Random random = new Random(11);
    /** The values that must be there, by series and time. */
    private final Map<String, Map<Long, Double>> acknowledged = new HashMap<>();

    @Test
    @Timeout(240)
    void everyAcknowledgedPointIsThereAfterFiftyKills() throws IOException, InterruptedException {
        long next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            next = writeAndKill(next) + 1;
            if (kill % 10 == 9) {
                check(next);
            }
        }
        assertThat(next).isGreaterThan(KILLS * 10L);
    }

    /** Returns the number of the last batch that may have been written: the one after the last acknowledged. */
    private long writeAndKill(long first) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = first - 1;
        try (BufferedReader lines = child.inputReader()) {
            int batches = 1 + random.nextInt(MOST_BATCHES);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = number(line, last);
                if (--batches == 0) {
                    child.toHandle().destroyForcibly(); // leaves what it has printed to be read
                }
            }
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
        assertThat(last).as("the child has written something").isGreaterThanOrEqualTo(first);
        for (long number = first; number <= last; number++) {
            remember(number);
        }
        return last + 1;
    }

    /** The last line may be cut short by the kill, and lines of the log are none of ours. */
    private static long number(String line, long last) {
        return line.equals(Long.toString(last + 1)) ? last + 1 : last;
    }

    private void remember(long number) {
        Map<Long, Double> points =
                acknowledged.computeIfAbsent("" + number % KilledWriter.SERIES, ignored -> new HashMap<>());
        for (int i = 0; i < KilledWriter.BATCH; i++) {
            points.put(KilledWriter.time(number, i), (double) number);
        }
    }

    private void check(long next) {
        try (Store store = KilledWriter.open(directory)) {
            StoreReader reader =
                    new StoreReader(store.bucket(StoreFixture.BUCKET).orElseThrow(), () -> {});
            Map<String, Map<Long, Double>> found = new HashMap<>();
            ReadRequest all = new ReadRequest("b", Long.MIN_VALUE, Long.MAX_VALUE, Predicate.ALL);
            try (SeriesCursor cursor = reader.read(all)) {
                for (Optional<Series> series = cursor.next(); series.isPresent(); series = cursor.next()) {
                    found.put(series.get().tags().get("series"), points(series.get()));
                }
            }
            acknowledged.forEach((series, points) -> points.forEach((time, value) -> {
                Double actual = found.get(series).get(time);
                // A batch that was not acknowledged may be there all the same, and be the last to write here.
                assertThat(actual)
                        .as("series %s at %d, before batch %d", series, time, next)
                        .isNotNull();
                assertThat(actual).isGreaterThanOrEqualTo(value);
            }));
        }
    }

    private static Map<Long, Double> points(Series series) {
        Map<Long, Double> points = new HashMap<>();
        while (series.blocks().hasNext()) {
            Block block = series.blocks().next();
            for (int i = 0; i < block.length(); i++) {
                points.put(block.times()[i], block.doubles()[i]);
            }
        }
        return points;
    }
}
