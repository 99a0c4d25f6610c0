package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.config.Topic;
import candlestack.local.testbed.TestKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Measures the market's stream alone against a broker in another process's memory: what CPU it takes for a quote of a backlog, and at
 * a steady rate, and how long a quote then takes to be in a bar. Arguments: quotes of the backlog in millions (3), seconds
 * at a rate (30), the rates in quotes a second (5000).
 */
final class MarketBenchmark {
    private static final int SYMBOLS = 500;
    private static final int BACKLOG_PER_SECOND = 5_000;
    private static final int PARTITIONS = 2;

    private final TestKafka kafka;
    private final KafkaProducer<String, byte[]> producer;
    private final Random random = new Random(1);
    private final double[] prices = new double[SYMBOLS];
    private long sent;

    private MarketBenchmark(TestKafka kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "compression.type", "lz4", "linger.ms", "5"),
                new StringSerializer(),
                new ByteArraySerializer());
        Arrays.fill(prices, 100);
    }

    public static void main(String[] arguments) throws Exception {
        long millions = arguments.length > 0 ? Long.parseLong(arguments[0]) : 3;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        List<Integer> rates = arguments.length > 2
                ? Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList()
                : List.of(5_000);
        Path folder = Files.createTempDirectory("analytics-benchmark");
        try (TestKafka kafka = TestKafka.start(folder.resolve("kafka"))) {
            TestTopics.create(kafka.bootstrap(), PARTITIONS);
            MarketBenchmark benchmark = new MarketBenchmark(kafka);
            benchmark.run(folder, millions * 1_000_000, seconds, rates);
        }
    }

    private void run(Path folder, long quotes, int seconds, List<Integer> rates) throws Exception {
        long start = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())
                - TimeUnit.SECONDS.toNanos(quotes / BACKLOG_PER_SECOND);
        for (long i = 0; i < quotes; i++) {
            send(start + i * (TimeUnit.SECONDS.toNanos(1) / BACKLOG_PER_SECOND));
        }
        producer.flush();
        Map<String, String> environment = Map.of(
                "CANDLESTACK_KAFKA_URL", kafka.bootstrap(),
                "CANDLESTACK_ANALYTICS_STREAMS", "market",
                "CANDLESTACK_HOME", folder.resolve("home").toString());
        List<String> options = List.of(
                System.getProperty("job.options", "-Xmx2g -XX:+UseParallelGC").split(" "));
        try (AnalyticsProcess job = AnalyticsProcess.start(folder.resolve("job.log"), environment, options)) {
            followBacklog(job, quotes);
            job.awaitReady();
            for (int rate : rates) {
                Duration before = cpu(job);
                long sentBefore = sent;
                measureLatency(rate, seconds);
                System.out.printf(
                        "CPU at %d quotes/s: %.2f cores%n",
                        (sent - sentBefore) / seconds, cpu(job).minus(before).toMillis() / 1e3 / seconds);
            }
            long stopping = System.nanoTime();
            int exit = job.stop();
            System.out.printf("stopped with %d in %.1f s%n", exit, (System.nanoTime() - stopping) / 1e9);
        }
        System.out.println("log: " + folder.resolve("job.log"));
    }

    private static Duration cpu(AnalyticsProcess job) {
        return job.process().info().totalCpuDuration().orElseThrow();
    }

    private void send(long timeNanos) {
        int symbol = (int) (sent % SYMBOLS);
        prices[symbol] = Math.max(1, prices[symbol] + random.nextInt(-5, 6) / 100.0);
        String name = "SYM" + symbol;
        String quote = "{\"symbol\":\"" + name + "\",\"time\":\"" + IsoTime.format(timeNanos) + "\",\"price\":"
                + Math.rint(prices[symbol] * 100) / 100 + ",\"size\":" + (1 + random.nextInt(100)) / 10.0
                + ",\"source\":\"benchmark\"}";
        ProducerRecord<String, byte[]> quoteRecord =
                new ProducerRecord<>(Topic.MARKET_QUOTES.topicName(), name, quote.getBytes(UTF_8));
        quoteRecord
                .headers()
                .add("source", "benchmark".getBytes(UTF_8))
                .add("event-id", ("benchmark#" + sent).getBytes(UTF_8));
        var unused = producer.send(quoteRecord);
        sent++;
    }

    /** Follows the job's own metric from its first batch on until nothing is left to read. */
    private void followBacklog(AnalyticsProcess job, long quotes) {
        try (KafkaConsumer<String, byte[]> metrics = consumer(Topic.PIPELINE_METRICS, false)) {
            Duration used = Duration.ZERO;
            Duration first = Duration.ZERO;
            long afterFirst = 0;
            double left = quotes;
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
            while (System.nanoTime() < deadline && left > 0) {
                for (ConsumerRecord<String, byte[]> next : metrics.poll(Duration.ofMillis(20))) {
                    String json = new String(next.value(), UTF_8);
                    double lag = field(json, "lag");
                    Duration now = cpu(job);
                    System.out.printf(
                            "%.0f quotes at %.0f/s, CPU %.1f s%s%n",
                            left - lag,
                            field(json, "processed_rows_per_second"),
                            now.minus(used).toMillis() / 1e3,
                            used.isZero() ? " with the start" : "");
                    if (used.isZero()) {
                        first = now;
                        afterFirst = (long) lag;
                    }
                    left = lag;
                    used = now;
                }
            }
            if (left > 0) {
                throw new IllegalStateException("the backlog is not worked off");
            }
            System.out.printf(
                    "%d quotes after these: CPU %.2f us each%n",
                    afterFirst, used.minus(first).toNanos() / 1e3 / afterFirst);
        }
    }

    private static double field(String json, String name) {
        int start = json.indexOf("\"" + name + "\":") + name.length() + 3;
        int end = start;
        while (",}".indexOf(json.charAt(end)) < 0) {
            end++;
        }
        return Double.parseDouble(json.substring(start, end));
    }

    /** From the moment a symbol's newest quote of a batch was sent to the broker's stamp of the day's bar that counts it. */
    private void measureLatency(int rate, int seconds) throws InterruptedException {
        lastSent.clear();
        Thread sender = new Thread(() -> sendSteadily(rate, seconds), "sender");
        sender.start();
        long bars = 0;
        long[] latencies = new long[2_000_000];
        int count = 0;
        try (KafkaConsumer<String, byte[]> consumer = consumer(Topic.MARKET_BARS, true)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(10, seconds / 3));
            while (System.nanoTime() < end) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(100));
                for (ConsumerRecord<String, byte[]> bar : records) {
                    bars++;
                    String json = new String(bar.value(), UTF_8);
                    if (System.nanoTime() > warm && json.contains("\"interval\":\"1d\"") && count < latencies.length) {
                        Long quoted = lastSent.get(bar.key() + "/" + (long) field(json, "trades"));
                        if (quoted != null) {
                            latencies[count++] = bar.timestamp() - quoted;
                        }
                    }
                }
            }
        }
        sender.join();
        Arrays.sort(latencies, 0, count);
        System.out.printf(
                "%d bar records/s; latency quote -> bar over %d samples: p50 %d ms, p99 %d ms, max %d ms%n",
                bars / seconds, count, latencies[count / 2], latencies[(int) (count * 0.99)], latencies[count - 1]);
    }

    private final Map<String, Long> lastSent = new java.util.concurrent.ConcurrentHashMap<>();

    private void sendSteadily(int rate, int seconds) {
        long start = System.nanoTime();
        long first = sent;
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
            long due = first + (System.nanoTime() - start) * rate / TimeUnit.SECONDS.toNanos(1);
            while (sent < due) {
                long now = System.currentTimeMillis();
                lastSent.put("SYM" + sent % SYMBOLS + "/" + (sent / SYMBOLS + 1), now);
                send(TimeUnit.MILLISECONDS.toNanos(now));
            }
            producer.flush();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    private KafkaConsumer<String, byte[]> consumer(Topic topic, boolean fromEnd) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = java.util.stream.IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                .toList();
        consumer.assign(partitions);
        if (fromEnd) {
            consumer.seekToEnd(partitions);
        } else {
            consumer.seekToBeginning(partitions);
        }
        return consumer;
    }
}
