package candlestack.ingest.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts the sources. {@link #run} is called on one thread and does all the house-keeping; every source has a thread of
 * its own; {@link #stop} may be called from any.
 */
final class Ingest {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final int TICKS_A_SECOND = 5;
    private static final Duration STOP_SOURCES = Duration.ofMillis(1500);
    private static final Duration STOP_OUTBOX = Duration.ofSeconds(2);

    private final Setting setting;
    private final List<HostedSource> sources;
    private final KafkaHealth health = new KafkaHealth();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Where it runs. */
    record Setting(Path home, String bootstrap, Clock clock) {}

    Ingest(Setting setting, List<Plan> plans) {
        this.setting = setting;
        this.sources = plans.stream()
                .map(plan -> new HostedSource(plan, setting.clock()))
                .toList();
    }

    /**
     * Returns after {@link #stop}.
     *
     * @param ready is called once Kafka answers and the sources are started
     */
    void run(Runnable ready) throws IOException, InterruptedException {
        StatusFile statusFile = new StatusFile(setting, sources);
        try {
            statusFile.write(StatusFile.Kafka.WAITING);
            if (awaitKafka(statusFile)) {
                host(statusFile, ready);
            }
            statusFile.write(StatusFile.Kafka.STOPPED);
        } finally {
            stopped.countDown();
        }
    }

    /** Begins to stop. */
    void stop() {
        stopping.countDown();
    }

    /** @return whether it has stopped within {@code deadline} */
    boolean awaitStopped(Duration deadline) throws InterruptedException {
        return stopped.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @return false if it was stopped meanwhile */
    private boolean awaitKafka(StatusFile statusFile) throws IOException, InterruptedException {
        try (KafkaGate gate = new KafkaGate(setting.bootstrap())) {
            while (!gate.isOpen()) {
                statusFile.write(StatusFile.Kafka.WAITING);
                if (isStopping(TICK)) {
                    return false;
                }
            }
            return true;
        }
    }

    private void host(StatusFile statusFile, Runnable ready) throws IOException, InterruptedException {
        try (Outbox outbox = new Outbox(setting.bootstrap());
                Metrics metrics = new Metrics(setting, sources)) {
            long mostBytes = Outbox.mostBytesEach(sources.size());
            sources.forEach(source -> source.start(setting.home(), outbox, mostBytes));
            ready.run();
            for (long tick = 1; !isStopping(TICK); tick++) {
                sources.forEach(HostedSource::savePosition);
                if (tick % TICKS_A_SECOND == 0) {
                    StatusFile.Kafka kafka = health.check(sources);
                    statusFile.write(kafka);
                    metrics.send(kafka);
                }
            }
            finish(outbox);
        }
    }

    private void finish(Outbox outbox) throws InterruptedException {
        long end = System.nanoTime() + STOP_SOURCES.toNanos();
        sources.forEach(HostedSource::stop);
        for (HostedSource source : sources) {
            source.join(Duration.ofNanos(end - System.nanoTime()));
        }
        outbox.close(STOP_OUTBOX);
        sources.forEach(HostedSource::savePosition);
        LOG.info("stopped");
    }

    private boolean isStopping(Duration wait) throws InterruptedException {
        return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Path runDirectory(Path home) throws IOException {
        return Files.createDirectories(home.resolve("run"));
    }
}
