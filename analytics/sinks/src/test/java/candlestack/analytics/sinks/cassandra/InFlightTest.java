package candlestack.analytics.sinks.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void saysHowManyWritesThereWereWhenAllAreAnswered() throws InterruptedException {
        CompletableFuture<Object> slow = new CompletableFuture<>();
        inFlight.add(() -> slow);
        inFlight.add(() -> CompletableFuture.completedFuture("done"));

        CompletableFuture<Integer> finish = new CompletableFuture<>();
        Thread finishing = new Thread(() -> finish.completeAsync(this::finish, Runnable::run));
        finishing.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> finishing.getState() == Thread.State.WAITING);
        slow.complete("done");

        assertThat(finish).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(2);
    }

    @Test
    void sendsNothingAfterAFailure() throws InterruptedException {
        AtomicBoolean sent = new AtomicBoolean();
        inFlight.add(() -> CompletableFuture.failedFuture(new DriverTimeoutException("the first")));

        assertThatThrownBy(() -> inFlight.add(() -> {
                    sent.set(true);
                    return CompletableFuture.completedFuture("done");
                }))
                .isInstanceOf(DriverTimeoutException.class)
                .hasMessage("the first");
        assertThat(sent).isFalse();
    }

    @Test
    void waitsForWhatWasSentBeforeItFails() throws InterruptedException {
        CompletableFuture<Object> slow = new CompletableFuture<>();
        inFlight.add(() -> slow);
        inFlight.add(() -> CompletableFuture.failedFuture(new DriverTimeoutException("the first")));

        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread adding = new Thread(
                () -> failure.set(catchThrowable(() -> inFlight.add(() -> CompletableFuture.completedFuture("done")))));
        adding.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> adding.getState() == Thread.State.WAITING);
        slow.complete("done");

        await().atMost(Duration.ofSeconds(60)).until(() -> !adding.isAlive());
        assertThat(failure.get()).isInstanceOf(DriverTimeoutException.class).hasMessage("the first");
    }

    private int finish() {
        try {
            return inFlight.finish();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
