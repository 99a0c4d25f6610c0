package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.influxdb.http.ServerFixture.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that write, clients that ask and a snapshot that is taken, all at once. */
class ConcurrencyTest {
    private static final int BATCHES = 60;
    private static final int BATCH = 500;
    private static final String COUNT =
            "from(bucket: \\\"my-bucket\\\") |> range(start: 0) |> count() |> group() |> sum() |> keep(columns: [\\\"_value\\\"])";

    @TempDir
    Path directory;

    private ServerFixture server;
    private final ExecutorService executor = Executors.newFixedThreadPool(5);

    @BeforeEach
    void start() {
        Limits limits = new Limits(1 << 20, 64 << 20, 64 << 20, 4, Duration.ofSeconds(20), Duration.ofSeconds(20));
        server = new ServerFixture(directory, limits);
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        server.close();
    }

    @Test
    @Timeout(120)
    void answersNeverGoBackAndNothingIsMissing() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Future<Long>> readers = List.of(executor.submit(reader(writing)), executor.submit(reader(writing)));
        Future<?> snapshots = executor.submit(() -> {
            while (writing.get()) {
                server.server().store().snapshot();
            }
        });
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            int number = writer;
            writers.add(executor.submit(() -> write(number)));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        writing.set(false);
        snapshots.get();
        for (Future<Long> reader : readers) {
            assertThat(reader.get()).isPositive();
        }

        assertThat(count()).isEqualTo(2L * BATCHES * BATCH);
        server.restart();
        assertThat(count()).isEqualTo(2L * BATCHES * BATCH);
    }

    private void write(int writer) {
        for (int batch = 0; batch < BATCHES; batch++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < BATCH; i++) {
                lines.append("m,w=")
                        .append(writer)
                        .append(",k=")
                        .append(i % 10)
                        .append(" f=")
                        .append(i);
                lines.append(' ').append(batch * BATCH + i).append('\n');
            }
            assertThat(server.write(lines.toString()).status()).isEqualTo(204);
        }
    }

    private Callable<Long> reader(AtomicBoolean writing) {
        return () -> {
            long before = 0;
            while (writing.get()) {
                long now = count();
                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
            }
            return count();
        };
    }

    private long count() {
        Answer answer = server.post("/api/v2/query?org=my-org", TOKEN, "{\"query\":\"" + COUNT + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> lines = answer.body().lines().toList();
        return lines.size() < 2
                ? 0
                : Long.parseLong(lines.get(1).substring(lines.get(1).lastIndexOf(',') + 1));
    }

    @Test
    void moreQueriesThanThereArePlacesForWaitAndThenGiveUp() throws Exception {
        server.close();
        Limits none = new Limits(1 << 20, 64 << 20, 64 << 20, 0, Duration.ofSeconds(20), Duration.ofMillis(50));
        server = new ServerFixture(directory, none);

        Answer answer = server.post("/api/v2/query?org=my-org", TOKEN, "{\"query\":\"buckets()\"}");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("code").asText()).isEqualTo("too many requests");
    }
}
