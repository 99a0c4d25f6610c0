package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import candlestack.ingest.api.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries(() -> 100);

    @Test
    void acknowledgesAPositionWhenAllBeforeItIsThere() throws Exception {
        Deliveries.Ticket first = begin(2, 1);
        Deliveries.Ticket second = begin(1, 2);
        Deliveries.Ticket third = begin(1, 3);

        second.complete(10, null);
        first.complete(10, null);
        assertThat(deliveries.acknowledged()).isEmpty();
        assertThat(deliveries.inFlight()).isEqualTo(2);

        first.complete(10, null);
        assertThat(deliveries.acknowledged()).contains(Position.of("n", 2));

        third.complete(10, null);
        assertThat(deliveries.acknowledged()).contains(Position.of("n", 3));
        assertThat(deliveries.inFlight()).isZero();
    }

    @Test
    void neverAcknowledgesWhatComesAfterAFailure() {
        Deliveries.Ticket first = begin(1, 1);
        Deliveries.Ticket second = begin(1, 2);

        first.complete(10, new IllegalStateException("gone"));
        second.complete(10, null);

        assertThat(deliveries.acknowledged()).isEmpty();
        assertThat(deliveries.failure()).get().hasToString("java.lang.IllegalStateException: gone");
    }

    @Test
    void aPositionWithoutRecordsWaitsForThoseBeforeIt() {
        Deliveries.Ticket first = begin(1, 1);
        begin(0, 2);
        assertThat(deliveries.acknowledged()).isEmpty();

        first.complete(10, null);

        assertThat(deliveries.acknowledged()).contains(Position.of("n", 2));
    }

    @Test
    void makesTheSourceWaitWhileTooMuchIsOnItsWay() throws Exception {
        Deliveries.Ticket ticket = deliveries.begin(3, Optional.empty());
        deliveries.awaitRoom(60);
        deliveries.awaitRoom(60);
        CountDownLatch through = new CountDownLatch(1);
        Thread source = new Thread(() -> {
            try {
                deliveries.awaitRoom(60);
                through.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        source.start();
        assertThat(through.await(200, TimeUnit.MILLISECONDS)).isFalse();

        ticket.complete(60, null);

        assertThat(through.await(10, TimeUnit.SECONDS)).isTrue();
        source.join();
    }

    @Test
    void waitsForWhatTheProducerHasWhenTheRestIsNeverGivenToIt() {
        Deliveries.Ticket first = begin(1, 1);
        first.gave();
        Deliveries.Ticket broken = begin(3, 2);
        broken.gave();

        broken.breakOff();
        assertThat(deliveries.inFlight()).isEqualTo(2);
        assertThat(deliveries.failure()).isEmpty();

        first.complete(10, null);
        broken.complete(10, null);
        assertThat(deliveries.inFlight()).isZero();
        assertThat(deliveries.acknowledged()).contains(Position.of("n", 1));
    }

    @Test
    void hasRoomAgainForWhatWasNotSent() throws Exception {
        deliveries.awaitRoom(101);
        deliveries.giveBack(101);

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> deliveries.awaitRoom(101));
    }

    private Deliveries.Ticket begin(int count, long position) {
        return deliveries.begin(count, Optional.of(Position.of("n", position)));
    }
}
