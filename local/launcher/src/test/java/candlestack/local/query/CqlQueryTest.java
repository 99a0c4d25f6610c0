package candlestack.local.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.console.OutputFormat;
import candlestack.local.process.PidFiles;
import candlestack.local.process.ProcessId;
import candlestack.local.stack.Launch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CqlQueryTest {
    @TempDir
    Path home;

    @Test
    void saysThatCassandraStillStarts() throws Exception {
        String starting = "Cannot run CQL: Cassandra is still starting, which takes a minute or so; ask again when"
                + " './candlestack status' shows cassandra and keyspace as ready";
        running("{\"cassandra\": {\"phase\": \"starting\"}, \"keyspace\": {\"phase\": \"waiting\"}}");
        refuses(Map.of(), starting);

        running("{\"cassandra\": {\"phase\": \"ready\"}, \"keyspace\": {\"phase\": \"starting\"}}");
        refuses(Map.of(), starting);
    }

    @Test
    void saysThatCassandraStillStartsAlsoWhenItsSecretIsThere() throws Exception {
        running("{\"cassandra\": {\"phase\": \"starting\"}}");
        Path secrets = Files.createDirectories(home.resolve("secrets"));
        Files.writeString(secrets.resolve("cassandra-grafana.password"), "secret");

        refuses(
                Map.of("CANDLESTACK_CASSANDRA_PORT", "1"),
                "Cannot reach Cassandra at 127.0.0.1:1: Cassandra is still starting, which takes a minute or so; ask"
                        + " again when './candlestack status' shows cassandra and keyspace as ready");
    }

    @Test
    void saysThatCassandraIsOff() throws Exception {
        refuses(
                Map.of("CANDLESTACK_ANALYTICS_STREAMS", "votes"),
                "Cannot run CQL: Cassandra is off, as 'users' is not among analytics.streams");

        running("{\"kafka\": {\"phase\": \"ready\"}}");
        refuses(Map.of(), "Cannot run CQL: Cassandra is off, as 'cassandra' is not among the parts that were started");
    }

    @Test
    void namesTheSecretThatIsMissingWhereNothingRuns() {
        refuses(
                Map.of(),
                "Cannot run CQL: there is no secret cassandra-grafana.password yet; the first './candlestack up' with"
                        + " the users stream makes it");
    }

    private void refuses(Map<String, String> settings, String message) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("CANDLESTACK_HOME", home.toString());
        Installation installation = Installation.load(home, Optional.empty(), Map.of(), environment);

        assertThatThrownBy(() -> new CqlQuery(installation)
                        .run("select 1", OutputFormat.JSON.writer(new PrintWriter(new StringWriter()))))
                .isInstanceOf(LauncherException.class)
                .hasMessage(message);
    }

    /** This process passes for the launcher. */
    private void running(String parts) throws IOException {
        Path run = Files.createDirectories(home.resolve("run"));
        new PidFiles(run)
                .write(Launch.LAUNCHER, ProcessId.of(ProcessHandle.current()).orElseThrow());
        Files.writeString(run.resolve("status.json"), "{\"state\": \"running\", \"parts\": " + parts + "}");
    }
}
