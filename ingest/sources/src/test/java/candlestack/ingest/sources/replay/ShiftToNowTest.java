package candlestack.ingest.sources.replay;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftToNowTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final String STREAM = "replay/t.csv@2026-03-02T10:00:00Z#";

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(NOW);
    private RecordingHost host;

    @BeforeEach
    void aFileWhoseLastTenSecondsAreFollowed() throws Exception {
        Files.writeString(folder.resolve("t.csv"), "time,price\n1000,10\n2000,11\n5000,12\n5004,13\n5010,14\n");
        host = host(Map.of());
    }

    @Test
    void sendsHistoryAtOnceAndTheLastPartFromNowOn() throws Exception {
        try (SourceReader reader = open(Optional.empty())) {
            Recording begin = host.read(reader, 3);
            assertThat(clock.instant()).isEqualTo(NOW);
            Recording rest = host.read(reader, 2);

            assertThat(times(begin)).containsExactly(NOW.minusSeconds(4000), NOW.minusSeconds(3000), NOW);
            assertThat(times(rest)).containsExactly(NOW.plusSeconds(4), NOW.plusSeconds(10));
            assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(10));
            assertThat(begin.ids()).containsExactly(STREAM + 1, STREAM + 2, STREAM + 3);
        }
    }

    @Test
    void sendsNothingBeforeItsAnchorIsSaved() throws Exception {
        try (SourceReader reader = open(Optional.empty())) {
            Batch first = reader.poll(Duration.ofMillis(10));
            assertThat(first.events()).isEmpty();
            Position anchor = first.position().orElseThrow();
            assertThat(reader.poll(Duration.ofMillis(10)).isEmpty()).isTrue();

            reader.acknowledged(anchor);

            assertThat(reader.poll(Duration.ofMillis(10)).events()).hasSize(3);
        }
    }

    @Test
    void keepsItsAnchorOverARestartAndCatchesUp() throws Exception {
        Position position;
        try (SourceReader reader = open(Optional.empty())) {
            position = host.read(reader, 2).position().orElseThrow();
        }
        clock.advance(Duration.ofSeconds(6));

        try (SourceReader reader = open(Optional.of(position))) {
            Recording recording = host.read(reader, 2);

            assertThat(recording.ids()).containsExactly(STREAM + 4, STREAM + 5);
            assertThat(times(recording)).containsExactly(NOW.plusSeconds(4), NOW.plusSeconds(10));
        }
    }

    @Test
    void tellsHowMuchHistoryIsLeft() throws Exception {
        try (SourceReader reader = open(Optional.empty())) {
            assertThat(reader.backlog()).hasValue(2);
            host.read(reader, 3);
            assertThat(reader.backlog()).hasValue(0);
        }
    }

    @Test
    void compressesTheFollowedPartAtASpeed() throws Exception {
        host = host(Map.of("speed", "2"));
        try (SourceReader reader = open(Optional.empty())) {
            assertThat(times(host.read(reader, 5)))
                    .containsExactly(
                            NOW.minusSeconds(4000),
                            NOW.minusSeconds(3000),
                            NOW,
                            NOW.plusSeconds(2),
                            NOW.plusSeconds(5));
        }
    }

    @Test
    void endsNowAtFullSpeed() throws Exception {
        host = host(Map.of("speed", "max"));
        try (SourceReader reader = open(Optional.empty())) {
            assertThat(times(host.read(reader, 5)))
                    .containsExactly(
                            NOW.minusSeconds(4010),
                            NOW.minusSeconds(3010),
                            NOW.minusSeconds(10),
                            NOW.minusSeconds(6),
                            NOW);
        }
        assertThat(clock.instant()).isEqualTo(NOW);
    }

    @Test
    void repeatsTheLastPartRightAfterItsEndUnderNewIds() throws Exception {
        host = host(Map.of("repeat", "true"));
        try (SourceReader reader = open(Optional.empty())) {
            host.read(reader, 5);
            Recording again = host.read(reader, 3);

            String stream = "replay/t.csv@2026-03-02T10:00:11Z#";
            assertThat(again.ids()).containsExactly(stream + 3, stream + 4, stream + 5);
            assertThat(times(again)).containsExactly(NOW.plusSeconds(11), NOW.plusSeconds(15), NOW.plusSeconds(21));
        }
        assertThat(host.reports()).containsExactly("plays the last part of t.csv again, from 2026-03-02T10:00:11Z");
    }

    @Test
    void leavesOutRepetitionsThatWereOverWhileItWasAway() throws Exception {
        host = host(Map.of("repeat", "true"));
        Position position;
        try (SourceReader reader = open(Optional.empty())) {
            position = host.read(reader, 5).position().orElseThrow();
        }
        clock.advance(Duration.ofSeconds(25));

        try (SourceReader reader = open(Optional.of(position))) {
            // 35 s after the first beginning, three repetitions of 11 s are over.
            assertThat(times(host.read(reader, 1))).containsExactly(NOW.plusSeconds(33));
        }
    }

    @Test
    void oneRowFarAheadDoesNotHoldUpTheOthers() throws Exception {
        Files.writeString(folder.resolve("t.csv"), "time,price\n1000,10\n9999999999,11\n1001,12\n1005,13\n");
        try (SourceReader reader = open(Optional.empty())) {
            assertThat(host.read(reader, 4).ids()).containsExactly(STREAM + 1, STREAM + 2, STREAM + 3, STREAM + 4);
        }
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(5));
    }

    private static List<Instant> times(Recording recording) {
        return recording.quotes().stream().map(Quote::time).toList();
    }

    private SourceReader open(Optional<Position> position) throws Exception {
        return host.open(new ReplayFactory(), position);
    }

    private RecordingHost host(Map<String, String> more) throws Exception {
        Map<String, String> options = new HashMap<>(more);
        options.put("file", folder.resolve("t.csv").toString());
        options.put("symbol", "X");
        options.put("shift-to-now", "true");
        options.put("follow", "10s");
        return RecordingHost.of(new ReplayFactory(), options, clock, folder.resolve("own"));
    }
}
