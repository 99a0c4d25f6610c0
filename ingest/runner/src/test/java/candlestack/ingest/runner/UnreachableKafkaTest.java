package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the host does by itself, with a Kafka that is not there. */
@Timeout(120)
class UnreachableKafkaTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final Outbox outbox = new Outbox("127.0.0.1:1");

    @AfterEach
    void close() {
        outbox.close(Duration.ZERO);
    }

    @Test
    void nobodyWaitsForWhatCouldNotBeGivenToTheProducer() throws Exception {
        SourcePositions positions = new SourcePositions(
                "broken",
                new PositionFile(home, "broken", "scripted", Clock.systemUTC()),
                () -> new Deliveries(outbox::share));
        Publisher publisher = new Publisher(
                new EventEncoder("broken", new SeriesLimit()),
                new DeadLetters("broken", Clock.systemUTC()),
                outbox,
                new SourceStatus(SourceStatus.State.RUNNING, List.of()));
        Batch batch = new Batch(
                List.of(),
                List.of(Reject.of("broken#0", "no price", "1,,2")),
                Optional.of(ScriptedFactory.position(1)));
        outbox.close(Duration.ZERO);

        assertThatThrownBy(() -> publisher.publish(batch, positions.deliveries()))
                .isInstanceOf(IllegalStateException.class);
        positions.settle();

        assertThat(positions.deliveries().inFlight()).isZero();
        assertThat(positions.deliveries().acknowledged()).isEmpty();
        assertThat(positions.saved()).isEmpty();
    }

    @Test
    void whatHasGivenUpIsTriedAgainByAReloadThoughItsPlanIsAsItWas() throws Exception {
        ScriptedFactory lost = new ScriptedFactory("lost", (context, next) -> {
            throw new SourceException(ErrorKind.MISCONFIGURED, "no such file");
        });
        Roster roster = new Roster(new Ingest.Setting(home, "127.0.0.1:1", Clock.systemUTC()), List.of(lost.plan()));
        CallLog calls = CallLog.open(home);
        roster.tend(outbox, calls);
        await().atMost(SOON).until(() -> roster.all().get(0).hasGivenUp());
        assertThat(lost.opened).hasSize(1);

        roster.change(List.of(lost.plan()));

        await().atMost(SOON).until(() -> {
            roster.tend(outbox, calls);
            return lost.opened.size() == 2;
        });
        roster.stop(Duration.ofSeconds(30));
    }
}
