package candlestack.ingest.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources that are hosted, and those on their way out. One that takes another's place starts when that one has ended
 * and its position is on disk: nothing is lost between them, and nothing comes twice. The host's thread.
 */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

    /** How long a history has the machine for itself: to be given, and to become candles. */
    private static final Duration HEAD_START = Duration.ofSeconds(15);

    private final Ingest.Setting setting;
    private Map<String, HostedSource> sources = new LinkedHashMap<>();
    private final List<Leaving> leaving = new ArrayList<>();
    private OptionalLong firstStartNanos = OptionalLong.empty();

    private record Leaving(HostedSource source, long sinceNanos) {
        Duration patience() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }

    Roster(Ingest.Setting setting, List<Plan> plans) {
        this.setting = setting;
        plans.forEach(plan -> sources.put(plan.name(), new HostedSource(plan, setting.clock())));
    }

    /** In the order of the configuration, those that cannot run included. */
    List<HostedSource> all() {
        return List.copyOf(sources.values());
    }

    /**
     * Stops what is no longer planned as it runs; {@link #tend} starts what takes its place. What has given up is tried
     * again: the mistake may have been mended elsewhere, such as in a file that an option names.
     */
    void change(List<Plan> plans) {
        Map<String, HostedSource> next = new LinkedHashMap<>();
        for (Plan plan : plans) {
            HostedSource current = sources.remove(plan.name());
            if (current == null) {
                next.put(plan.name(), new HostedSource(plan, setting.clock()));
            } else if (current.plan().runsLike(plan) && !current.hasGivenUp()) {
                next.put(plan.name(), current);
            } else {
                dismiss(current);
                next.put(plan.name(), current.successor(plan));
            }
        }
        sources.values().forEach(this::dismiss);
        sources = next;
    }

    private void dismiss(HostedSource source) {
        if (source.isStarted()) {
            if (!source.hasGivenUp()) {
                LOG.info("'{}' stops: its settings or its plugin have changed", source.name());
            }
            source.stop();
            leaving.add(new Leaving(source, System.nanoTime()));
        }
    }

    /**
     * Starts whatever waits and can be started, and looks after the others. Called again and again.
     *
     * <p>At first a source waits while one before it has a history: the whole stack is starting then, and what somebody
     * wants to see comes sooner when it need not share the machine with the sources below.
     */
    void tend(Outbox outbox, CallLog calls) {
        leaving.removeIf(this::isGone);
        outbox.share(sources.size() + leaving.size());
        boolean isEarly = isEarly();
        for (HostedSource source : sources.values()) {
            if (source.status().state() == SourceStatus.State.WAITING && !source.isStarted() && isFree(source.name())) {
                source.start(setting.home(), outbox, calls);
            } else {
                source.leavesThreads();
            }
            if (isEarly && source.beginsWithHistory()) {
                return;
            }
        }
    }

    private boolean isEarly() {
        long now = System.nanoTime();
        if (firstStartNanos.isEmpty()) {
            firstStartNanos = OptionalLong.of(now);
        }
        return now - firstStartNanos.getAsLong() < HEAD_START.toNanos();
    }

    private boolean isGone(Leaving one) {
        HostedSource source = one.source();
        if (source.hasSettled()) {
            source.finish();
            return true;
        }
        if (one.patience().compareTo(PATIENCE) > 0) {
            source.interrupt();
        }
        if (one.patience().compareTo(MOST_PATIENCE) < 0) {
            return false;
        }
        if (source.hasEnded()) {
            // Kafka is away: what it does not have comes again, with the same ids.
            source.finish();
            return true;
        }
        return source.abandon();
    }

    private boolean isFree(String name) {
        return leaving.stream().noneMatch(one -> one.source().name().equals(name));
    }

    void savePositions() {
        everyone().forEach(HostedSource::savePosition);
    }

    /** Tells all to stop and waits for their threads, at most so long. */
    void stop(Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        List<HostedSource> everyone = everyone();
        everyone.forEach(HostedSource::stop);
        await(everyone, end - deadline.toNanos() / 3);
        everyone.forEach(HostedSource::interrupt);
        await(everyone, end);
        everyone.stream().filter(Predicate.not(HostedSource::hasEnded)).forEach(HostedSource::abandon);
    }

    private static void await(List<HostedSource> sources, long endNanos) throws InterruptedException {
        while (!sources.stream().allMatch(HostedSource::hasEnded) && System.nanoTime() < endNanos) {
            Thread.sleep(5);
        }
    }

    private List<HostedSource> everyone() {
        List<HostedSource> everyone = new ArrayList<>(sources.values());
        leaving.forEach(one -> everyone.add(one.source()));
        return everyone;
    }
}
