package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the progress of the queries into measurements, one a second and query, and says what has been lost. */
final class QueryMetrics extends StreamingQueryListener {
    private static final Logger LOG = LoggerFactory.getLogger(QueryMetrics.class);

    /** Three quick batches with records or twelve without. */
    private static final int EASY = 12;

    private static final int BUSY_BATCH = 4;

    /** The first batch compiles, others have what had piled up meanwhile or a history: these take longer. */
    private static final long QUICK_MILLIS = 1000;

    private final transient MetricsPublisher publisher;
    private final transient Map<String, ProgressSummary> summaries = new ConcurrentHashMap<>();
    private final transient Map<String, CountDownLatch> ease = new ConcurrentHashMap<>();

    QueryMetrics(MetricsPublisher publisher) {
        this.publisher = requireNonNull(publisher, "publisher is null");
    }

    /** Waits until the query is at its ease: after quick batches with records, or some without, or that long. */
    void awaitEase(String name, Duration longest) throws InterruptedException {
        boolean unused = ease(name).await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CountDownLatch ease(String name) {
        return ease.computeIfAbsent(name, ignored -> new CountDownLatch(EASY));
    }

    private void eased(String name, int by) {
        CountDownLatch left = ease(name);
        for (int i = 0; i < by; i++) {
            left.countDown();
        }
    }

    /** A query without a word of its own: whoever waits for one has waited enough. */
    @Override
    public void onQueryIdle(QueryIdleEvent event) {
        ease.keySet().forEach(name -> eased(name, EASY));
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        summaries.put(event.name(), new ProgressSummary(event.name(), System.nanoTime()));
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        StreamingQueryProgress progress = event.progress();
        if (progress.batchDuration() < QUICK_MILLIS) {
            eased(progress.name(), progress.numInputRows() > 0 ? BUSY_BATCH : 1);
        }
        long missing = TopicOffsets.missing(progress);
        if (missing > 0) {
            LOG.warn(
                    "Stream {} has lost {} records that Kafka no longer held when it came to read them; it goes on with"
                            + " the earliest that is left. Raise kafka.retention if analytics may be away for longer.",
                    progress.name(),
                    missing);
        }
        ProgressSummary summary = summaries.get(progress.name());
        summary.add(progress, missing);
        summary.take(System.nanoTime(), System.currentTimeMillis())
                .ifPresent(json -> publisher.publish(progress.name(), progress.id() + "/" + progress.batchId(), json));
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        ease.keySet().forEach(name -> eased(name, EASY));
        event.exception().foreach(problem -> {
            LOG.error("A stream has failed: {}", problem);
            return null;
        });
    }
}
