package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    private final Roster roster;
    private final Overview overview;
    private final AtomicReference<Change> change = new AtomicReference<>();
    private final KafkaHealth health = new KafkaHealth();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Where it runs. */
    record Setting(Path home, String bootstrap, Clock clock) {}

    /** What is to run from now on, and what is told beside it. */
    record Change(List<Plan> plans, Overview overview) {
        Change {
            plans = List.copyOf(plans);
            requireNonNull(overview, "overview is null");
        }
    }

    Ingest(Setting setting, Change first) {
        this.setting = setting;
        this.roster = new Roster(setting, first.plans());
        this.overview = first.overview();
    }

    /** Any thread. Sources whose plan is as it was go on undisturbed. */
    void change(Change next) {
        change.set(next);
    }

    /**
     * Returns after {@link #stop}.
     *
     * @param ready is called once Kafka answers and the sources are started
     */
    void run(Runnable ready) throws IOException, InterruptedException {
        StatusFile statusFile = new StatusFile(setting, roster, overview);
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
                apply(statusFile);
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
                Metrics metrics = new Metrics(setting, roster)) {
            CallLog calls = CallLog.open(setting.home());
            roster.tend(outbox, calls);
            ready.run();
            for (long tick = 1; !isStopping(TICK); tick++) {
                apply(statusFile);
                roster.savePositions();
                roster.tend(outbox, calls);
                if (tick % TICKS_A_SECOND == 0) {
                    StatusFile.Kafka kafka = health.check(roster.all());
                    statusFile.write(kafka);
                    metrics.send(kafka);
                }
            }
            finish(outbox);
        }
    }

    private void apply(StatusFile statusFile) {
        Change next = change.getAndSet(null);
        if (next != null) {
            roster.change(next.plans());
            statusFile.overview(next.overview());
        }
    }

    private void finish(Outbox outbox) throws InterruptedException {
        roster.stop(STOP_SOURCES);
        outbox.close(STOP_OUTBOX);
        roster.savePositions();
        LOG.info("stopped");
    }

    private boolean isStopping(Duration wait) throws InterruptedException {
        return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Path runDirectory(Path home) throws IOException {
        return Files.createDirectories(home.resolve("run"));
    }
}
