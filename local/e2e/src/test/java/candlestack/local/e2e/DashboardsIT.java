package candlestack.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All streams at once, and whether each query of each dashboard has something to show. */
class DashboardsIT {
    private static final List<String> DASHBOARDS =
            List.of("market", "symbol", "votes", "users", "devices", "series", "pipeline");
    /** The trades of 2013 have no bid and ask. */
    private static final String SPREAD = "symbol / Spread";

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private Checkout checkout;

    @AfterEach
    void stop() throws Exception {
        checkout.run("down");
        assertThat(checkout.processes()).isEmpty();
    }

    @Test
    void everyTargetOfEveryPanelHasRows() throws Exception {
        checkout = new Checkout(folder)
                .with("sources.market.rate", "50")
                .with("sources.votes.voters", "500")
                .with("sources.votes.rate", "20")
                .with("sources.votes.malformed", "0.05")
                .with("sources.devices.rate", "5")
                .with("sources.users.rate", "10");
        observeThePipelineAsASeries();
        assertThat(checkout.up().code()).isZero();

        await().atMost(LIMIT)
                .pollInterval(LOOK)
                .untilAsserted(() -> assertThat(targetsWithoutRows()).isEmpty());
    }

    /** The endpoint of our own status is as good a public API as any. */
    private void observeThePipelineAsASeries() {
        checkout.with("sources.topics.type", "http")
                .with("sources.topics.url", "http://127.0.0.1:" + checkout.setting("status.port") + "/pipeline/streams")
                .with("sources.topics.interval", "1s")
                .with("sources.topics.time", "observed")
                .with("sources.topics.unchanged", "send")
                .with("sources.topics.values", "records=/records,backlog=/backlog")
                .with("sources.topics.tags", "topic=/topic");
    }

    /** What the viewer's own check prints of them. */
    private List<String> targetsWithoutRows() throws IOException, InterruptedException {
        return checkout.checkPanels(DASHBOARDS)
                .lines()
                .filter(line -> line.contains(" / ") && !line.matches(".*: [1-9]\\d* rows"))
                .filter(line -> !line.startsWith(SPREAD))
                .toList();
    }
}
