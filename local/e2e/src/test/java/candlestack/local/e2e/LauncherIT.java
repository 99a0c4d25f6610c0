package candlestack.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.local.e2e.Checkout.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    /** Those that listen. */
    private static final List<String> ASKED =
            List.of("kafka", "influxdb", "postgres", "mongodb", "cassandra", "sinks", "viewer");

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void makeACheckout() throws Exception {
        checkout = new Checkout(folder);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        checkout.run("down");
        assertThat(checkout.processes()).isEmpty();
    }

    @Test
    void takenPortsAreNamedWithTheirKeysAndNothingStarts() throws Exception {
        try (ServerSocket kafka = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket viewer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            checkout.with("kafka.port", String.valueOf(kafka.getLocalPort()))
                    .with("grafana.port", String.valueOf(viewer.getLocalPort()));

            Outcome refused = checkout.up();

            String pid = String.valueOf(ProcessHandle.current().pid());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.out())
                    .contains("port " + kafka.getLocalPort() + " (kafka.port) is held by process " + pid)
                    .contains("port " + viewer.getLocalPort() + " (grafana.port) is held by process " + pid);
            assertThat(checkout.home().resolve("kafka")).doesNotExist();
        }
    }

    @Test
    void everyProblemOfTheConfigurationIsSaidAtOnce() throws Exception {
        checkout.with("kafka.prot", "1").with("influxdb.port", "none");

        Outcome refused = checkout.up();

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("Unknown key 'kafka.prot'; did you mean 'kafka.port'?")
                .contains("Invalid influxdb.port: 'none', expected a whole number from 1 to 65535")
                .doesNotContain("Exception");
    }

    @Test
    void withoutAStackTheCommandsSaySo() throws Exception {
        assertThat(checkout.run("status").out()).isEqualTo("stopped\n");
        assertThat(checkout.run("down").out()).isEqualTo("Nothing is running\n");
        Outcome query = checkout.run("query", "buckets()");
        assertThat(query.code()).isEqualTo(1);
        assertThat(query.err())
                .isEqualTo("Cannot query: there is no secret influxdb-reader.token yet; the first './candlestack up'"
                        + " makes it\n");
        assertThat(checkout.run("replay", "none.csv").err()).isEqualTo("Cannot replay 'none.csv': no such file\n");
        assertThat(checkout.run("up", "--sources", "x").code()).isEqualTo(2);
    }

    @Test
    void namesWhatLivesButDoesNotAnswer() throws Exception {
        checkout.with("sources.btc.enabled", "false");
        assertThat(checkout.up().code()).isZero();
        // MongoDB and Cassandra come after the rest.
        allIsReady();
        JsonNode parts =
                new ObjectMapper().readTree(checkout.output("status", "--json")).path("parts");
        assertThat(ASKED)
                .allSatisfy(part -> assertThat(parts.path(part).path("answers").asText())
                        .as(part)
                        .isEqualTo("true"));

        Outcome hanging;
        signal("-STOP");
        try {
            hanging = checkout.run("status");
        } finally {
            signal("-CONT");
        }

        assertThat(hanging.code()).isEqualTo(1);
        assertThat(hanging.out().lines().filter(line -> line.endsWith("not answering")))
                .extracting(line -> line.split(" ")[0])
                .containsExactlyInAnyOrderElementsOf(ASKED);
        allIsReady();
    }

    private void allIsReady() {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> checkout.run("status").code() == 0);
    }

    private void signal(String signal) throws Exception {
        List<String> words = new ArrayList<>(List.of("kill", signal));
        for (String part : ASKED) {
            words.add(String.valueOf(checkout.process(part).pid()));
        }
        assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
    }

    @Test
    void aStackStopsInTimeAndGoesOnWhereItWas() throws Exception {
        checkout.with("sources.btc.enabled", "false").with("sources.market.rate", "1000");
        assertThat(checkout.up().code()).isZero();
        Rows rows = new Rows(checkout);
        String minutes = "select count(distinct symbol) as n from market.bars where interval = '1m'";
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> rows.sqlNumber(minutes) == 50);
        long began = System.nanoTime();

        assertThat(checkout.run("down").out()).isEqualTo("Stopped\n");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        assertThat(checkout.processes()).isEmpty();
        String position = Files.readString(checkout.home().resolve("positions/market.json"));
        assertThat(checkout.up().code()).isZero();
        assertThat(rows.sqlNumber(minutes)).isEqualTo(50);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !Files.readString(checkout.home().resolve("positions/market.json"))
                        .equals(position));
        assertThat(Files.readString(checkout.home().resolve("positions/market.json")))
                .contains(stream(position));
    }

    @Test
    void aSubmittedJobThatIsToldToStopEndsWellAndSoDoesTheCommand() throws Exception {
        // Somebody listens there, but no master: what counts is the signal.
        try (ServerSocket master = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Checkout.Command submit =
                    checkout.begin("submit", "--master", "spark://127.0.0.1:" + master.getLocalPort());
            try {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> Files.exists(checkout.home().resolve("run/analytics.lock")));
            } finally {
                submit.process().destroy();
            }
            Outcome stopped = submit.end();

            assertThat(stopped.code()).as(stopped.toString()).isZero();
            assertThat(stopped.out()).doesNotContain("The launcher is gone");
        }
    }

    /** A source that begins anew names its stream anew. */
    private static String stream(String position) {
        int begin = position.indexOf("market@");
        return position.substring(begin, position.indexOf('"', begin));
    }
}
