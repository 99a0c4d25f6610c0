package candlestack.analytics.sinks;

import candlestack.analytics.sinks.influxdb.QuoteDelivery;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.testbed.TestKafka;
import candlestack.setup.SetupSteps;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures what a raw quote costs this process, from the broker's bytes to the request's: a real broker, and a server
 * that reads and forgets. Argument: how many quotes.
 */
final class QuoteThroughput {
    private QuoteThroughput() {}

    public static void main(String[] args) throws Exception {
        int quotes = args.length > 0 ? Integer.parseInt(args[0]) : 2_000_000;
        Path home = Files.createTempDirectory("quotes");
        HttpServer forgetful = forgetful();
        try (TestKafka kafka = TestKafka.start(home.resolve("kafka"))) {
            Settings settings = Settings.load(
                    home.resolve("none.yaml"),
                    Map.of(),
                    Map.of(
                            "home", home.toString(),
                            "kafka.url", kafka.bootstrap(),
                            "influxdb.url",
                                    "http://127.0.0.1:" + forgetful.getAddress().getPort(),
                            "status.port", String.valueOf(freePort())));
            new Secrets(settings.secretsDirectory()).store(Secrets.INFLUXDB_WRITER, "token");
            SetupSteps.kafka(settings).run(Duration.ofSeconds(20));
            produce(kafka.bootstrap(), quotes);
            for (int round = 0; round < 3; round++) {
                measure(settings, quotes);
            }
        }
        forgetful.stop(0);
        System.exit(0);
    }

    private static void measure(Settings settings, int quotes) throws InterruptedException, IOException {
        long start = System.nanoTime();
        QuoteDelivery delivery = new QuoteDelivery(settings);
        Sinks sinks = Sinks.start(settings, List.of(delivery), () -> {});
        long cpu = 0;
        while (sinks.written() < quotes) {
            Thread.sleep(20);
            cpu = cpuNanos();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d quotes in %.2f s, %.0f/s; CPU of the sink %.2f s, %.0f quotes a CPU second%n",
                quotes, seconds, quotes / seconds, cpu / 1e9, quotes / (cpu / 1e9));
        sinks.close();
        try (org.apache.kafka.clients.admin.Admin admin =
                org.apache.kafka.clients.admin.Admin.create(Map.of("bootstrap.servers", settings.kafkaBootstrap()))) {
            admin.deleteConsumerGroups(List.of("sinks-influxdb-quotes")).all().get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** Of the threads that read, decode and write; those of this round, for they are new. */
    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().contains("influxdb-quotes")) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the run waits for all of them to come back
    private static void produce(String bootstrap, int quotes) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        "20",
                        "batch.size",
                        "131072"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long time = Instant.now().toEpochMilli() - quotes;
            for (int i = 0; i < quotes; i++) {
                String symbol = "SYM" + i % 50;
                double price = 100 + i % 997 / 100.0;
                String value = "{\"symbol\":\"" + symbol + "\",\"time\":\"" + Instant.ofEpochMilli(time + i)
                        + "\",\"price\":" + price + ",\"size\":" + i % 100 + ".5,\"bid\":" + (price - 0.01)
                        + ",\"ask\":"
                        + (price + 0.01) + ",\"currency\":\"USD\",\"source\":\"market\"}";
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>("market.quotes", utf8(symbol), utf8(value));
                record.headers().add("source", utf8("market")).add("event-id", utf8("market/1#" + i));
                producer.send(record);
            }
        }
    }

    private static HttpServer forgetful() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] buffer = new byte[1 << 16];
                while (exchange.getRequestBody().read(buffer) >= 0) {
                    // forgotten
                }
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
