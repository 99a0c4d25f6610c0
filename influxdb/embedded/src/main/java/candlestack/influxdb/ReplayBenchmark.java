package candlestack.influxdb;

import candlestack.influxdb.http.ApiServer;
import candlestack.influxdb.http.Limits;
import candlestack.influxdb.store.StoreOptions;
import candlestack.influxdb.store.SyncPolicy;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures how long a start takes that finds a log of 1 GB and no snapshot: far more than there ever is, since a
 * snapshot is taken after 64 MiB. Takes 3 GB of disk for a while.
 *
 * <pre>
 * java -Xmx1g -cp 'influxdb/embedded/target/candlestack-influxdb-embedded-0.1.0-SNAPSHOT.jar:influxdb/embedded/target/lib/*' \
 *     candlestack.influxdb.ReplayBenchmark
 * </pre>
 */
public final class ReplayBenchmark {
    private static final long LOG_BYTES = 1_000_000_000;
    private static final int SERIES = 100;
    private static final int SECONDS_A_ROUND = 20_000;
    private static final String TOKEN = "benchmark";

    private ReplayBenchmark() {}

    /** Prints one line a measurement. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("candlestack-influxdb-replay");
        Path crashed = Files.createTempDirectory("candlestack-influxdb-replay");
        try {
            write(directory, crashed);
            replay(crashed);
        } finally {
            delete(directory);
            delete(crashed);
        }
    }

    /** Leaves in {@code crashed} what a killed process would. */
    private static void write(Path directory, Path crashed) throws Exception {
        try (ApiServer server = start(directory)) {
            HttpRequest setup = HttpRequest.newBuilder(URI.create(server.url() + "/api/v2/setup"))
                    .POST(BodyPublishers.ofString(
                            "{\"username\":\"b\",\"org\":\"b\",\"bucket\":\"b\",\"token\":\"" + TOKEN + "\"}"))
                    .build();
            HttpClient.newHttpClient().send(setup, BodyHandlers.discarding());
            for (int round = 0; bytes(directory) < LOG_BYTES; round++) {
                new BenchmarkWriter(server.port(), TOKEN, "m" + round, 0, SERIES).write(SECONDS_A_ROUND);
            }
            copy(directory, crashed);
        }
    }

    private static void replay(Path directory) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long megabytes = bytes(directory) / 1_000_000;
        long before = System.nanoTime();
        long cpuBefore = system.getProcessCpuTime();
        try (ApiServer server = start(directory)) {
            System.out.printf(
                    "start with %d MB of log: %.2f s, %.2f s of CPU, on port %d%n",
                    megabytes,
                    (System.nanoTime() - before) / 1e9,
                    (system.getProcessCpuTime() - cpuBefore) / 1e9,
                    server.port());
        }
    }

    private static ApiServer start(Path directory) throws IOException {
        long never = Long.MAX_VALUE / 8;
        StoreOptions options = new StoreOptions(
                SyncPolicy.EVERY_SECOND, never, never, 1_000_000, Duration.ofDays(1), Clock.systemUTC());
        return ApiServer.start(
                directory, 0, options, Limits.forHeap(Runtime.getRuntime().maxMemory()), Clock.systemUTC());
    }

    private static long bytes(Path directory) throws IOException {
        long sum = 0;
        for (Path file : files(directory)) {
            sum += Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        return sum;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        for (Path file :
                files(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }
}
