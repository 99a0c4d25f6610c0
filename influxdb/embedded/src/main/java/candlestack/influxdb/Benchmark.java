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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Measures the store over HTTP, client and server in this one process: writing 10 million points of 10 series and 2
 * million of 10,000 series with the log on, their size, a restart, and queries over them.
 *
 * <pre>
 * java -Xmx512m -cp 'influxdb/embedded/target/candlestack-influxdb-embedded-0.1.0-SNAPSHOT.jar:influxdb/embedded/target/lib/*' \
 *     candlestack.influxdb.Benchmark
 * </pre>
 */
public final class Benchmark {
    private static final int WRITERS = 2;
    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int LONG = 1_000_000;
    private static final int SHORT = 200;
    private static final String TOKEN = "benchmark";
    private static final int REPEATS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private ApiServer server;

    private Benchmark(Path directory) {
        this.directory = directory;
    }

    /** Prints one line a measurement. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("candlestack-influxdb-benchmark");
        try {
            new Benchmark(directory).run();
        } finally {
            delete(directory);
        }
    }

    private void run() throws Exception {
        print("heap", Runtime.getRuntime().maxMemory() >> 20, "MiB");
        start();
        post("/api/v2/setup", "{\"username\":\"b\",\"org\":\"b\",\"bucket\":\"b\",\"token\":\"" + TOKEN + "\"}");
        print("points/s written, 10 series, 5,000 lines a batch", write("long", FEW, LONG), "");
        print("points/s written, 10,000 series, 5,000 lines a batch", write("wide", MANY, SHORT), "");
        server.store().snapshot();
        double points = (double) FEW * LONG + (double) MANY * SHORT;
        print("bytes a point on disk", server.store().savedBytes() / points, "");
        print("bytes of heap a point after a collection", usedHeap() / points, "");
        server.close();
        long before = System.nanoTime();
        start();
        print("restart", millis(before), "ms");
        query("1-hour mean of 10 million points", "long", "|> aggregateWindow(every: 1h, fn: mean)");
        query("last of 10,000 series", "wide", "|> last()");
        query("last of one of 10,000 series", "wide", "|> filter(fn: (r) => r.s == \"5000\") |> last()");
        query("count of 10 million points", "long", "|> count()");
        server.close();
    }

    private void start() throws IOException {
        long heap = Runtime.getRuntime().maxMemory();
        server = ApiServer.start(
                directory,
                0,
                StoreOptions.forHeap(heap, SyncPolicy.EVERY_SECOND),
                Limits.forHeap(heap),
                Clock.systemUTC());
    }

    private double write(String measurement, int series, int times) throws Exception {
        long before = System.nanoTime();
        long cpuBefore = cpuMillis();
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
        List<Future<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int from = series * i / WRITERS;
            int to = series * (i + 1) / WRITERS;
            Callable<Void> writer = () -> {
                new BenchmarkWriter(server.port(), TOKEN, measurement, from, to).write(times);
                return null;
            };
            writers.add(executor.submit(writer));
        }
        for (Future<Void> writer : writers) {
            writer.get();
        }
        executor.shutdown();
        double points = (double) series * times;
        print("CPU a point written, the client's included", 1000 * (cpuMillis() - cpuBefore) / points, "us");
        return (double) series * times / ((System.nanoTime() - before) / 1e9);
    }

    private void query(String what, String measurement, String rest) throws IOException, InterruptedException {
        String flux = "from(bucket: \"b\") |> range(start: 2020-01-01T00:00:00Z, stop: 2020-02-01T00:00:00Z)"
                + " |> filter(fn: (r) => r._measurement == \"" + measurement + "\") " + rest;
        String body = "{\"query\":\"" + flux.replace("\"", "\\\"") + "\"}";
        long before = System.nanoTime();
        long cpuBefore = cpuMillis();
        long lines = post("/api/v2/query", body).lines().count();
        print(what + ": first", millis(before), "ms; " + (cpuMillis() - cpuBefore) + " ms of CPU; " + lines + " lines");
        cpuBefore = cpuMillis();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < REPEATS; i++) {
            before = System.nanoTime();
            post("/api/v2/query", body);
            least = Math.min(least, millis(before));
        }
        long cpu = (cpuMillis() - cpuBefore) / REPEATS;
        print(what + ": least of " + REPEATS, least, "ms; " + cpu + " ms of CPU each, the client's included");
    }

    private static long cpuMillis() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000;
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Token " + TOKEN)
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("Cannot post to " + path + ": " + response.body());
        }
        return response.body();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    private static void print(String what, Object value, String unit) {
        String shown = value instanceof Double number ? String.format("%,.1f", number) : value.toString();
        System.out.printf("%-55s %s %s%n", what, shown, unit);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
