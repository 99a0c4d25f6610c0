package candlestack.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import candlestack.local.e2e.Checkout.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command that makes a source to what the store answers of it, with a stack that runs all the while. */
class PluginIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** It takes some seconds; this machine may be doing much else. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private static final String MEAN = "from(bucket: \"series\") |> range(start: -1h) |> filter(fn: (r) =>"
            + " r._measurement == \"weather\" and r.place == \"berlin\" and r._field == \"temperature_mean_1m\") |> last()";

    @TempDir
    Path folder;

    private Checkout checkout;
    private HttpServer api;

    @BeforeEach
    void makeACheckoutAndAnApi() throws Exception {
        checkout = new Checkout(folder);
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            byte[] body = ("{\"current\":{\"time\":" + Instant.now().getEpochSecond()
                            + ",\"temperature_2m\":21.5,\"wind_speed_10m\":3}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        api.start();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        checkout.run("down");
        api.stop(0);
        assertThat(checkout.processes()).isEmpty();
    }

    @Test
    void aJarThatIsDroppedInIsAnsweredByTheQueryOfTheSeries() throws Exception {
        Path jar = builtSource();
        Outcome up = checkout.up("--only", "series", "--parts", "kafka,influxdb,postgres,analytics,sinks,ingest");
        assertThat(up.code()).as(up.out() + up.err()).isZero();
        Rows rows = new Rows(checkout);
        assertThat(rows.flux(MEAN)).isEmpty();

        Path plugins = Files.createDirectories(checkout.root().resolve("plugins"));
        Files.copy(jar, plugins.resolve("weather.jar"));

        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !rows.flux(MEAN).isEmpty());
        assertThat(rows.flux(MEAN).path(0).path("_value").asDouble()).isEqualTo(21.5);
        JsonNode listed = JSON.readTree(checkout.output("sources", "weather", "--json"));
        assertThat(listed.path("types").path(0).path("origin").asText()).isEqualTo("weather.jar");
        assertThat(listed.path("configured")
                        .path(0)
                        .path("health")
                        .path("state")
                        .asText())
                .isEqualTo("running");

        Files.copy(
                Files.writeString(folder.resolve("broken"), "no jar"),
                plugins.resolve("weather.jar"),
                StandardCopyOption.REPLACE_EXISTING);
        await().atMost(SOON)
                .until(() -> checkout.run("sources").out().contains("plugin weather.jar is no complete jar"));
    }

    /** As {@code new-source} makes it, with the address of this test's API in its class. */
    private Path builtSource() throws Exception {
        Path project = folder.resolve("a source");
        assertThat(checkout.output("new-source", "weather", "--folder", project.toString()))
                .contains("cd '" + project + "'")
                .contains("cp target/weather.jar '" + checkout.root().resolve("plugins") + "/'");
        Path factory = project.resolve("src/main/java/plugins/weather/WeatherFactory.java");
        String code = Files.readString(factory);
        String changed = code.replaceFirst(
                "https://api.open-meteo.com/[^\"]*",
                "http://127.0.0.1:" + api.getAddress().getPort() + "/");
        assertThat(changed).isNotEqualTo(code);
        Files.writeString(factory, changed);
        List<String> words = new ArrayList<>(List.of("mvn", "-o", "-q", "-B", "-DskipTests", "package"));
        Optional.ofNullable(System.getProperty("localRepository"))
                .ifPresent(repository -> words.add("-Dmaven.repo.local=" + repository));
        Path said = folder.resolve("maven.txt");
        Process maven = new ProcessBuilder(words)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(maven.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assumeThat(Files.readString(said))
                .as("the local repository has what the project needs")
                .doesNotContain("has not been downloaded from it before")
                .doesNotContain("in offline mode");
        assertThat(maven.exitValue()).as(Files.readString(said)).isZero();
        return project.resolve("target/weather.jar");
    }
}
