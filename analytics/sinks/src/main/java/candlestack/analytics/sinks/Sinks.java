package candlestack.analytics.sinks;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.cassandra.CassandraDelivery;
import candlestack.analytics.sinks.csv.CsvDelivery;
import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.DeliveryRunner;
import candlestack.analytics.sinks.influxdb.InfluxDelivery;
import candlestack.analytics.sinks.influxdb.PointDelivery;
import candlestack.analytics.sinks.influxdb.QuoteDelivery;
import candlestack.analytics.sinks.mongodb.MongoDelivery;
import candlestack.analytics.sinks.mongodb.UserPages;
import candlestack.analytics.sinks.postgres.DevicesDelivery;
import candlestack.analytics.sinks.postgres.PostgresDelivery;
import candlestack.analytics.sinks.postgres.VotesDelivery;
import candlestack.analytics.sinks.status.JsonPage;
import candlestack.analytics.sinks.status.MetricsReporter;
import candlestack.analytics.sinks.status.SinkStatus;
import candlestack.analytics.sinks.status.StatusPages;
import candlestack.analytics.sinks.status.StatusServer;
import candlestack.analytics.sinks.status.TopicWatch;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.mongodb.MongoConnections;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deliveries of the stack, each on a thread of its own, and what tells of them. */
final class Sinks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sinks.class);
    /** What a batch in hand may take to end by itself. */
    private static final Duration GRACE = Duration.ofSeconds(2);
    /** What a delivery may take to end when its store has been let go of, and again when it was interrupted. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(1);

    private final List<Delivery> deliveries;
    private final List<Thread> threads = new ArrayList<>();
    private final List<DeliveryRunner> runners = new ArrayList<>();
    private final Producer<byte[], byte[]> producer;
    private final TopicWatch watch;
    private final MetricsReporter reporter;
    private final StatusServer server;
    private final Optional<UserPages> userPages;

    private Sinks(Settings settings, List<Delivery> deliveries) {
        KafkaClients clients = new KafkaClients(settings);
        this.deliveries = List.copyOf(deliveries);
        this.producer = clients.producer();
        for (Delivery delivery : deliveries) {
            runners.add(new DeliveryRunner(delivery, clients.consumer(delivery), producer, new Random()));
        }
        this.watch = new TopicWatch(clients.admin());
        this.userPages = settings.wantsUserStores()
                ? Optional.of(new UserPages(new MongoConnections(settings)))
                : Optional.empty();
        SinkStatus status = new SinkStatus(runners, watch);
        this.reporter = new MetricsReporter(
                status, producer, settings.home().resolve("run").resolve("sinks-status.json"));
        this.server = new StatusServer(
                settings.get(Keys.STATUS_HOST),
                settings.get(Keys.STATUS_PORT),
                pages(new StatusPages(status, watch, InstantSource.system())));
    }

    private Map<String, JsonPage> pages(StatusPages own) {
        Map<String, JsonPage> pages = new LinkedHashMap<>(own.all());
        userPages.ifPresent(users -> pages.putAll(users.all()));
        return pages;
    }

    /**
     * @param failed called when a delivery's thread has died, which only a mistake of ours or of the broker's
     *     configuration makes it do
     */
    static Sinks start(Settings settings, Runnable failed) {
        return start(settings, deliveries(settings), failed);
    }

    /** Each with a consumer group of its own, so that none waits for another. */
    private static List<Delivery> deliveries(Settings settings) {
        List<Delivery> deliveries = new ArrayList<>();
        deliveries.add(new InfluxDelivery(settings));
        deliveries.add(new QuoteDelivery(settings));
        deliveries.add(new PointDelivery(settings));
        deliveries.add(new PostgresDelivery(settings));
        deliveries.add(VotesDelivery.start(settings, InstantSource.system()));
        deliveries.add(DevicesDelivery.start(settings, InstantSource.system()));
        deliveries.add(CsvDelivery.start(settings, InstantSource.system()));
        if (settings.wantsUserStores()) {
            deliveries.add(new MongoDelivery(settings));
            deliveries.add(new CassandraDelivery(settings, InstantSource.system()));
        }
        return deliveries;
    }

    static Sinks start(Settings settings, List<Delivery> deliveries, Runnable failed) {
        requireNonNull(failed, "failed is null");
        Sinks sinks = new Sinks(settings, deliveries);
        try {
            sinks.server.start();
        } catch (RuntimeException e) {
            sinks.close();
            throw e;
        }
        sinks.watch.start();
        sinks.reporter.start();
        for (DeliveryRunner runner : sinks.runners) {
            Thread thread = new Thread(runner, "sink-" + runner.name());
            thread.setUncaughtExceptionHandler((ignored, e) -> {
                log.error("The delivery {} ended", runner.name(), e);
                failed.run();
            });
            sinks.threads.add(thread);
            thread.start();
        }
        return sinks;
    }

    /** Rows stored since the start, by all deliveries. */
    long written() {
        return runners.stream().mapToLong(runner -> runner.metrics().written()).sum();
    }

    /** Where the endpoint listens. */
    int statusPort() {
        return server.port();
    }

    /** Takes less than five seconds, whatever the stores do. What was not committed is delivered by the next start. */
    @Override
    public void close() {
        runners.forEach(DeliveryRunner::stop);
        boolean calm = join(GRACE);
        deliveries.forEach(Delivery::close);
        if (!calm && !join(SHORT_GRACE)) {
            threads.forEach(Thread::interrupt);
            join(SHORT_GRACE);
        }
        reporter.close();
        watch.close();
        server.close();
        userPages.ifPresent(UserPages::close);
        producer.close(Duration.ofMillis(500));
    }

    /** @return whether all have ended */
    private boolean join(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Thread thread : threads) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                thread.join(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
