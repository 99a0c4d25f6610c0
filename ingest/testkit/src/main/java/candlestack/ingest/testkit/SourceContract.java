package candlestack.ingest.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.api.SourceReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the host relies on. A source's test extends this and says how to make one that gives something:
 *
 * <pre>{@code
 * class WeatherContractTest extends SourceContract {
 *     protected SourceFactory factory() { return new WeatherFactory(); }
 *     protected Map<String, String> options(Path folder) { return Map.of("url", stub.url()); }
 * }
 * }</pre>
 */
public abstract class SourceContract {
    private static final Duration MAX_WAIT = Duration.ofMillis(200);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int BATCHES = 6;

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-03-02T10:00:00Z"));

    /** A new factory. */
    protected abstract SourceFactory factory();

    /**
     * Options under which the source gives some events, best in several batches. Files it needs may be put into
     * {@code folder}; called several times, it gives the same.
     */
    protected abstract Map<String, String> options(Path folder) throws Exception;

    /**
     * Options under which the source meets input that it cannot understand; empty where it reads none, or where
     * {@link #options} has some already.
     */
    protected Optional<Map<String, String>> malformed(Path where) throws Exception {
        return Optional.empty();
    }

    @Test
    void isFoundByTheServiceLoader() {
        List<String> found = ServiceLoader.load(SourceFactory.class).stream()
                .map(provider -> provider.type().getName())
                .toList();

        assertTrue(found.contains(factory().getClass().getName()), () -> "not among " + found);
    }

    @Test
    void describesItself() {
        SourceFactory factory = factory();

        assertTrue(factory.name().matches("[a-z][a-z0-9-]*"), () -> "Invalid name: " + factory.name());
        assertFalse(factory.description().isBlank(), "no description");
        assertFalse(factory.version().isBlank(), "no version");
        assertAll(factory.config().options().stream().map(option -> () -> {
            assertTrue(option.name().matches("[a-z][a-z0-9.-]*"), () -> "Invalid name of an option: " + option);
            assertFalse(option.description().isBlank(), () -> "no description of " + option);
            assertFalse(option.accepted().isBlank(), () -> "nothing is accepted by " + option);
        }));
    }

    @Test
    void acceptsItsSampleConfiguration() throws Exception {
        Map<String, String> written = new HashMap<>(options(folder));
        for (Option<?> option : factory().config().options()) {
            option.defaultText()
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> written.putIfAbsent(option.name(), text));
        }

        assertDoesNotThrow(() -> factory().config().bind(written));
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        Map<String, String> written = new HashMap<>(options(folder));
        written.put("no-such-option", "x");

        InvalidConfigException e = assertThrows(
                InvalidConfigException.class, () -> factory().config().bind(written));

        assertEquals(List.of(new ConfigProblem("no-such-option", "Unknown option 'no-such-option'")), e.problems());
    }

    @Test
    void givesEventsWithIdsOfTheirOwn() throws Exception {
        try (SourceReader reader = host().open(factory(), Optional.empty())) {
            List<Batch> batches = host().batches(reader, BATCHES);
            List<String> ids = new Recording(batches).ids();

            assertFalse(ids.isEmpty(), "no event came");
            assertEquals(ids.size(), new HashSet<>(ids).size(), () -> "an id came twice among " + ids);
        }
    }

    @Test
    void numbersEventsUpwardsWithinAStreamAndKey() throws Exception {
        try (SourceReader reader = host().open(factory(), Optional.empty())) {
            Map<String, Long> last = new HashMap<>();
            for (Event event : new Recording(host().batches(reader, BATCHES)).events()) {
                int hash = event.id().lastIndexOf('#');
                if (hash >= 0 && event.id().substring(hash + 1).matches("\\d{1,18}")) {
                    long n = Long.parseLong(event.id().substring(hash + 1));
                    Long before = last.put(event.id().substring(0, hash) + " of " + event.key(), n);
                    assertTrue(before == null || before < n, () -> "after " + before + " came " + event.id());
                }
            }
        }
    }

    @Test
    void goesOnAfterEveryPosition() throws Exception {
        assumeFalse(factory().resume() == ResumeKind.LIVE_ONLY, "a live source has nothing to go on from");
        List<Batch> batches;
        try (SourceReader reader = host().open(factory(), Optional.empty())) {
            batches = host().batches(reader, BATCHES);
        }
        int positions = 0;
        for (int index = 0; index < batches.size(); index++) {
            if (batches.get(index).position().isPresent()) {
                positions++;
                assertGoesOn(batches.get(index).position().get(), batches.subList(index + 1, batches.size()));
            }
        }
        assertTrue(positions > 0, "no batch had a position");
    }

    /** What came after the position comes again, in the same order; what has no position may come in between. */
    private void assertGoesOn(Position position, List<Batch> following) throws Exception {
        List<String> expected = following.stream()
                .filter(batch -> batch.position().isPresent())
                .flatMap(Recording::ids)
                .toList();
        try (SourceReader reader = host().open(factory(), Optional.of(position))) {
            List<String> again = new ArrayList<>();
            for (int polls = 0; again.size() < expected.size() && polls < 2 * BATCHES; polls++) {
                host().batches(reader, 1).stream()
                        .filter(batch -> batch.position().isPresent())
                        .flatMap(Recording::ids)
                        .forEach(again::add);
            }
            int common = Math.min(expected.size(), again.size());
            assertEquals(expected.subList(0, common), again.subList(0, common), () -> "after " + position);
            assertTrue(common == expected.size(), () -> "after " + position + " came only " + again);
        }
    }

    @Test
    void turnsMalformedInputIntoRejects() throws Exception {
        Optional<Map<String, String>> malformed = malformed(folder);
        assumeTrue(malformed.isPresent(), "the test says of no malformed input");
        RecordingHost host = RecordingHost.of(factory(), malformed.get(), clock, folder.resolve("own"));
        try (SourceReader reader = host.open(factory(), Optional.empty())) {
            List<Reject> rejects = new Recording(host.batches(reader, BATCHES)).rejects();
            assertFalse(rejects.isEmpty(), "nothing was rejected");
            assertAll(rejects.stream()
                    .map(reject -> () -> assertFalse(reject.reason().isBlank(), () -> "no reason in " + reject)));
        }
    }

    @Test
    void returnsFromAnIdlePollInTime() throws Exception {
        try (SourceReader reader = host().open(factory(), Optional.empty())) {
            for (int poll = 0; poll < 20; poll++) {
                assertTimeoutPreemptively(MAX_WAIT.plus(GRACE), () -> reader.poll(MAX_WAIT));
            }
        }
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        SourceReader reader = host().open(factory(), Optional.empty());
        Thread thread = new Thread(() -> pollUntilInterrupted(reader), "interrupted");
        thread.start();
        thread.interrupt();
        thread.join(DEADLINE.toMillis());
        boolean alive = thread.isAlive();
        reader.close();

        assertFalse(alive, "the reader swallowed the interrupt");
    }

    private static void pollUntilInterrupted(SourceReader reader) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                reader.poll(MAX_WAIT);
            }
        } catch (Exception e) {
            // However it ends, it ends.
        }
    }

    @Test
    void closesTwiceAndLeavesNoThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        SourceReader reader = host().open(factory(), Optional.empty());
        reader.poll(MAX_WAIT);

        assertTimeoutPreemptively(GRACE.plus(GRACE), () -> {
            reader.close();
            reader.close();
        });

        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        for (Thread thread : left) {
            if (isOfTheSource(thread)) {
                thread.join(DEADLINE.toMillis());
                assertFalse(thread.isAlive(), () -> "left running: " + thread);
            }
        }
    }

    /** Not one of the JVM's or of this kit's. */
    private static boolean isOfTheSource(Thread thread) {
        return thread != Thread.currentThread()
                && thread.getThreadGroup() != null
                && !thread.getThreadGroup().getName().equals("system")
                && !thread.getName().startsWith("junit")
                // The JDK's HTTP client ends its thread when nobody has the client any more; JDK 17 cannot close it.
                && !thread.getName().startsWith("HttpClient-")
                && !thread.getName().equals("yahoo-stub");
    }

    private RecordingHost host() throws Exception {
        return RecordingHost.of(factory(), options(folder), clock, folder.resolve("own"));
    }
}
