package candlestack.bench;

import candlestack.config.Secrets;
import candlestack.config.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How fast a backlog in Kafka becomes bars with indicators.
 *
 * <p>The clock starts when the processes are asked to start their work, already healthy, and stops when every quote of
 * the backlog is counted in an hourly bar: so the figure holds only if nothing was lost or counted twice.
 */
final class Throughput {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Throughput() {}

    static void measure(Path checkout, int quotes, int symbols, Report report) throws Exception {
        try (Stack stack = loaded(checkout, quotes, symbols, report)) {
            long start = System.nanoTime();
            stack.up("--parts", "kafka,analytics");
            report.figure(
                    "backlog, job alone: quotes/s incl. start of Spark",
                    rate(quotes, start, () -> inTopic(stack, quotes)),
                    "quotes/s");
        }
        try (Stack stack = loaded(checkout, quotes, symbols, report)) {
            long start = System.nanoTime();
            stack.up("--parts", "kafka,influxdb,postgres,analytics,sinks");
            report.figure(
                    "backlog, all stores: quotes/s incl. start of Spark",
                    rate(quotes, start, () -> inStores(stack, quotes)),
                    "quotes/s");
        }
    }

    private static Stack loaded(Path checkout, int quotes, int symbols, Report report) throws Exception {
        Stack stack = Stack.create(checkout);
        stack.up("--parts", "kafka,influxdb,postgres");
        report.progress("filling the broker with " + quotes + " quotes of " + symbols + " symbols");
        Backlog.fill(stack.kafka(), quotes, symbols);
        stack.down();
        return stack;
    }

    private interface Wait {
        void await() throws Exception;
    }

    private static double rate(int quotes, long start, Wait wait) throws Exception {
        wait.await();
        return quotes / ((System.nanoTime() - start) / 1e9);
    }

    private static void inTopic(Stack stack, int quotes) {
        Map<String, Object> options =
                Map.of("bootstrap.servers", stack.kafka(), "group.id", "bench", "auto.offset.reset", "earliest");
        Map<String, Double> trades = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topic.MARKET_BARS.topicName()));
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (sum(trades) < quotes) {
                failAfter(deadline, sum(trades), quotes);
                consumer.poll(Duration.ofMillis(200)).forEach(record -> count(record, trades));
            }
        }
    }

    private static void count(ConsumerRecord<byte[], byte[]> record, Map<String, Double> trades) {
        try {
            JsonNode bar = JSON.readTree(record.value());
            if (bar.path("interval").asText().equals("1h")) {
                trades.put(
                        bar.path("symbol").asText() + bar.path("time").asText(),
                        bar.path("trades").asDouble());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a bar at offset " + record.offset(), e);
        }
    }

    private static double sum(Map<String, Double> trades) {
        return trades.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static void inStores(Stack stack, int quotes) throws Exception {
        Flux flux = new Flux(stack);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        awaitCount(() -> hourlyTrades(flux), quotes, deadline);
        awaitCount(() -> rawQuotes(flux), quotes, deadline);
        awaitCount(() -> hourlyTrades(stack), quotes, deadline);
    }

    private interface Count {
        double now() throws Exception;
    }

    private static void awaitCount(Count count, int quotes, long deadline) throws Exception {
        double counted = count.now();
        while (counted < quotes) {
            failAfter(deadline, counted, quotes);
            Thread.sleep(500);
            counted = count.now();
        }
    }

    private static void failAfter(long deadline, double counted, int quotes) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(
                    "Cannot measure throughput: after " + LIMIT + " " + counted + " of " + quotes + " quotes arrived");
        }
    }

    private static double hourlyTrades(Flux flux) throws Exception {
        return flux.number("from(bucket:\"market\") |> range(start:-1d) |> filter(fn:(r) => r._measurement == \"bar\""
                        + " and r.interval == \"1h\" and r._field == \"trades\") |> group() |> sum()")
                .orElse(0);
    }

    private static double rawQuotes(Flux flux) throws Exception {
        return flux.number("from(bucket:\"market\") |> range(start:-1d) |> filter(fn:(r) => r._measurement == \"quote\""
                        + " and r._field == \"price\") |> count() |> group() |> sum()")
                .orElse(0);
    }

    private static double hourlyTrades(Stack stack) throws SQLException {
        String password = stack.secrets().require(Secrets.POSTGRES_READER);
        try (Connection connection = DriverManager.getConnection(stack.postgres(), "grafana", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select coalesce(sum(trades), 0) from market.bars where interval = '1h'")) {
            rows.next();
            return rows.getDouble(1);
        }
    }
}
