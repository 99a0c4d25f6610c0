package candlestack.analytics.sinks.status;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TickerTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Ticker.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(logged);
    }

    @Test
    void saysOnceThatItFailsGoesOnAndSaysThatItWorksAgain() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(6);
        try (Ticker ticker = new Ticker("test-ticker", Duration.ofMillis(1), () -> {
            runs.countDown();
            if (runs.getCount() == 4) {
                throw new IOException("the disk is full");
            } else if (runs.getCount() == 3) {
                throw new StackOverflowError();
            }
        })) {
            ticker.start();
            assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(logged.list)
                .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                .containsExactly(
                        "WARN test-ticker failed, trying again every PT0.001S: java.io.IOException: the disk is full",
                        "INFO test-ticker works again");
    }
}
