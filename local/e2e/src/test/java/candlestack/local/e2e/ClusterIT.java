package candlestack.local.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, a Spark master and two workers from the jars of this checkout. A worker and a broker are killed under
 * load; what comes out equals a run on one machine. Takes minutes: {@code mvn -Pcluster verify}.
 */
@Tag("cluster")
class ClusterIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int QUOTES = 60_000;
    private static final int SYMBOLS = 40;
    /** What two cores take while six more JVMs are on them: both kills are to happen while quotes come. */
    private static final int A_SECOND = 750;

    /** These the producer holds back until the broker is dead, however slow the machine. */
    private static final int AFTER_THE_KILLS = QUOTES / 6;

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final Set<String> INTERVALS = Set.of("1s", "1m", "5m", "15m", "1h", "1d");

    @TempDir
    Path folder;

    private final CountDownLatch killed = new CountDownLatch(1);

    private ClusterProcesses processes;
    private String bootstrap;
    private String master;

    @BeforeEach
    void startCluster() throws IOException {
        processes = new ClusterProcesses(folder);
        startBrokers();
        startSpark();
    }

    @AfterEach
    void stopAll() {
        processes.close();
    }

    @Test
    void aKilledWorkerAndAKilledBrokerChangeNothing() throws Exception {
        setUpTopics();
        submit();
        Thread producer = new Thread(this::sendQuotes, "producer");
        producer.start();
        try (SymbolBars bars = SymbolBars.fromTheStart(bootstrap)) {
            awaitTrades(bars, QUOTES / 6);
            processes.kill("worker-1");
            awaitTrades(bars, QUOTES / 2);
            processes.kill("broker-2");
            assertThat(producer.isAlive()).as("quotes still come").isTrue();
            killed.countDown();
            producer.join(LIMIT.toMillis());
            awaitTrades(bars, QUOTES);

            assertThat(processes.says("submit", "Lost executor")).isTrue();
            assertThat(processes.isAlive("submit")).as(processes.said("submit")).isTrue();
            assertThat(processes.stop("submit")).isZero();
            try (SymbolBars again = SymbolBars.fromNow(bootstrap)) {
                computeOnOneMachine();
                awaitTrades(again, QUOTES);
                assertThat(bars.all().keySet()).isEqualTo(again.all().keySet());
                assertThat(bars.all()).isEqualTo(again.all());
            }
        }
        assertThat(processes.isAlive("worker-1")).isFalse();
        assertThat(processes.isAlive("broker-2")).isFalse();
    }

    private void awaitTrades(SymbolBars bars, long trades) {
        await("in all intervals " + trades + " trades, logs in " + folder)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    Map<String, Long> found = bars.read().trades();
                    return found.keySet().equals(INTERVALS)
                            && found.values().stream().allMatch(count -> count >= trades);
                });
    }

    private void startBrokers() throws IOException {
        List<Integer> ports = List.of(processes.freePort(), processes.freePort(), processes.freePort());
        List<Integer> controllers = List.of(processes.freePort(), processes.freePort(), processes.freePort());
        bootstrap = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        String voters = IntStream.rangeClosed(1, 3)
                .mapToObj(id -> id + "@127.0.0.1:" + controllers.get(id - 1))
                .collect(Collectors.joining(","));
        String cluster = Uuid.randomUuid().toString();
        for (int id = 1; id <= 3; id++) {
            Path file = folder.resolve("broker-" + id + ".properties");
            Files.writeString(file, brokerProperties(id, ports.get(id - 1), controllers.get(id - 1), voters));
            Process format = processes.java(
                    "format-" + id,
                    "local/kafka",
                    List.of("-Xmx128m"),
                    Map.of(),
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    cluster,
                    "-c",
                    file.toString());
            assertThat(format.onExit().join().exitValue()).isZero();
        }
        for (int id = 1; id <= 3; id++) {
            processes.java(
                    "broker-" + id,
                    "local/kafka",
                    List.of("-Xmx256m", "-XX:+UseSerialGC"),
                    Map.of(),
                    "kafka.Kafka",
                    folder.resolve("broker-" + id + ".properties").toString());
        }
        ports.forEach(this::awaitPort);
    }

    private String brokerProperties(int id, int port, int controller, String voters) {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=" + id,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "controller.quorum.voters=" + voters,
                "log.dirs=" + folder.resolve("broker-" + id),
                "auto.create.topics.enable=false",
                "broker.session.timeout.ms=4000",
                "broker.heartbeat.interval.ms=500",
                "log.cleaner.dedupe.buffer.size=16777216",
                "offsets.topic.num.partitions=3",
                "transaction.state.log.num.partitions=3");
    }

    private void startSpark() throws IOException {
        // A worker starts executors from the jars of its Spark home.
        Path home = Files.createDirectories(folder.resolve("spark"));
        Path jars = ClusterProcesses.checkout().resolve("analytics/job/target/lib");
        Files.createSymbolicLink(home.resolve("jars"), jars);
        Map<String, String> environment =
                Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", "127.0.0.1");
        int port = processes.freePort();
        master = "spark://127.0.0.1:" + port;
        List<String> address = List.of("--host", "127.0.0.1", "--webui-port", "0");
        spark("master", environment, "master.Master", address, "--port", String.valueOf(port));
        awaitPort(port);
        for (int id = 1; id <= 2; id++) {
            String work = folder.resolve("work-" + id).toString();
            spark(
                    "worker-" + id,
                    environment,
                    "worker.Worker",
                    address,
                    "--cores",
                    "1",
                    "--memory",
                    "768m",
                    "--work-dir",
                    work,
                    master);
            String name = "worker-" + id;
            await("registered, see " + processes.log(name))
                    .atMost(LIMIT)
                    .until(() -> processes.says(name, "Successfully registered with master"));
        }
    }

    private void spark(
            String name, Map<String, String> environment, String daemon, List<String> address, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy." + daemon));
        words.addAll(address);
        words.addAll(List.of(arguments));
        // The job's own configuration of the log keeps to itself what these two have to say.
        Path logging = Files.writeString(folder.resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.console.ref = console
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5level %c{1} %msg%n
                """);
        List<String> options = List.of(
                "@" + ClusterProcesses.checkout().resolve("docker/spark.options"),
                "-Xmx256m",
                "-Dlog4j2.configurationFile=" + logging.toUri());
        processes.java(name, "analytics/job", options, environment, words.toArray(String[]::new));
    }

    private void setUpTopics() throws IOException {
        Process setUp = processes.java(
                "setup",
                "setup",
                List.of("-Xmx128m"),
                Map.of(
                        "CANDLESTACK_HOME",
                        folder.resolve("home").toString(),
                        "CANDLESTACK_CONFIG",
                        folder.resolve("none.yaml").toString(),
                        "CANDLESTACK_KAFKA_URL",
                        bootstrap,
                        "CANDLESTACK_KAFKA_PARTITIONS",
                        "4",
                        "CANDLESTACK_KAFKA_REPLICATION",
                        "3"),
                "candlestack.setup.SetupMain",
                "kafka");
        assertThat(setUp.onExit().join().exitValue()).isZero();
    }

    private void submit() throws IOException {
        List<String> words = new ArrayList<>(
                List.of(ClusterProcesses.checkout().resolve("candlestack").toString(), "submit", "--master", master));
        words.addAll(List.of("--set", "kafka.url=" + bootstrap));
        words.addAll(List.of("--set", "analytics.streams=market", "--set", "analytics.partitions=4"));
        words.addAll(List.of(
                "--set", "analytics.checkpoints=" + folder.resolve("shared").toUri()));
        words.addAll(List.of("--conf", "spark.executor.memory=640m", "--conf", "spark.executor.cores=1"));
        words.addAll(List.of("--conf", "spark.task.maxFailures=20"));
        processes.start(
                "submit",
                words,
                Map.of(
                        "CANDLESTACK_BUILD", "skip",
                        "CANDLESTACK_HOME", folder.resolve("home").toString(),
                        "SPARK_LOCAL_IP", "127.0.0.1"));
        await("ready, see " + processes.log("submit"))
                .atMost(LIMIT)
                .until(() -> !processes.isAlive("submit") || processes.says("submit", "ready: "));
        assertThat(processes.isAlive("submit")).as(processes.said("submit")).isTrue();
    }

    private void computeOnOneMachine() throws IOException {
        processes.java(
                "one-machine",
                "analytics/job",
                List.of("@" + ClusterProcesses.checkout().resolve("docker/spark.options"), "-Xmx1g"),
                Map.of(
                        "CANDLESTACK_HOME",
                        folder.resolve("one").toString(),
                        "CANDLESTACK_CONFIG",
                        folder.resolve("none.yaml").toString(),
                        "CANDLESTACK_KAFKA_URL",
                        bootstrap,
                        "CANDLESTACK_ANALYTICS_STREAMS",
                        "market",
                        "CANDLESTACK_ANALYTICS_MASTER",
                        "local[2]"),
                "candlestack.analytics.job.AnalyticsMain");
    }

    /** Prices that wander, every fiftieth quote a few seconds late, at a steady rate. */
    private void sendQuotes() {
        Random random = new Random(1);
        int[] cents = random.ints(SYMBOLS, 5_000, 20_000).toArray();
        long began = System.nanoTime();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "5", "delivery.timeout.ms", "240000"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < QUOTES; i++) {
                if (i == QUOTES - AFTER_THE_KILLS && !killed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    return;
                }
                int symbol = i % SYMBOLS;
                cents[symbol] = Math.max(100, cents[symbol] + random.nextInt(-20, 21));
                Instant time = START.plusMillis(i * 120L).minusSeconds(i % 50 == 0 ? 5 : 0);
                var unused = producer.send(quote(i, "S" + symbol, time, cents[symbol]));
                if (i % 100 == 0) {
                    LockSupport.parkNanos(began + i * 1_000_000_000L / A_SECOND - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProducerRecord<String, byte[]> quote(int n, String symbol, Instant time, int cents) {
        String json = "{\"symbol\":\"" + symbol + "\",\"time\":\"" + time + "\",\"price\":" + cents / 100.0
                + ",\"size\":1.5,\"source\":\"test\"}";
        ProducerRecord<String, byte[]> quote = new ProducerRecord<>("market.quotes", symbol, json.getBytes(UTF_8));
        quote.headers().add("source", "test".getBytes(UTF_8)).add("event-id", ("test#" + n).getBytes(UTF_8));
        return quote;
    }

    private void awaitPort(int port) {
        await("port " + port + ", logs in " + folder)
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    }
                });
    }
}
