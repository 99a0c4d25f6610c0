package candlestack.docker;

import static candlestack.docker.Compose.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cassandra's first start, with stand-ins for the node and its shell: what counts is which password is tried. */
class CassandraStartTest {
    private static final long MOST_SECONDS = 60;

    @TempDir
    Path folder;

    @BeforeEach
    void standIns() throws IOException {
        Files.writeString(folder.resolve("cassandra.yaml"), "authenticator: AllowAllAuthenticator\n");
        Files.writeString(folder.resolve("secret"), "ours");
        program(
                "docker-entrypoint.sh",
                "echo \"${CASSANDRA_RPC_ADDRESS:-all}\" >> '" + folder + "/started'\n"
                        + "[ -n \"${CASSANDRA_RPC_ADDRESS:-}\" ] || exit 0\nexec sleep 100");
        // The node knows one password, which is in a file; it is given with -p or in the file of --cqlshrc.
        program("cqlsh", """
                [ -f '%1$s/started' ] || exit 1
                case "$*" in
                  *--cqlshrc=*) file=${1#--cqlshrc=}; given=$(sed -n 's/^password = //p' "$file") ;;
                  *) given=$4 ;;
                esac
                [ "$given" = "$(cat '%1$s/known')" ] || { echo 'code=0100 [Bad credentials]' >&2; exit 1; }
                statement=$(cat)
                case "$statement" in
                  ALTER*) printf '%%s' "$statement" | sed "s/.*'\\\\(.*\\\\)'.*/\\\\1/" > '%1$s/known' ;;
                esac
                """.formatted(folder));
    }

    @Test
    void theFirstStartChangesThePasswordOnLoopbackAndThenOpens() throws Exception {
        Files.writeString(folder.resolve("known"), "cassandra");

        assertThat(start()).isZero();

        assertThat(folder.resolve("known")).hasContent("ours");
        assertThat(folder.resolve("mark")).exists();
        assertThat(folder.resolve("started")).hasContent("127.0.0.1\nall");
    }

    @Test
    void aStartThatWasKilledAfterTheChangeIsMadeUpFor() throws Exception {
        Files.writeString(folder.resolve("known"), "ours");

        assertThat(start()).isZero();

        assertThat(folder.resolve("known")).hasContent("ours");
        assertThat(folder.resolve("mark")).exists();
        assertThat(folder.resolve("started")).hasContent("127.0.0.1\nall");
    }

    @Test
    void saysOnceThatNeitherPasswordIsAcceptedAndGoesOnTrying() throws Exception {
        Files.writeString(folder.resolve("known"), "another");
        Process process = begin();
        try {
            await().atMost(Duration.ofSeconds(MOST_SECONDS)).until(() -> said().contains("Cannot log in"));
            Files.writeString(folder.resolve("known"), "ours");

            assertThat(end(process)).isZero();
        } finally {
            kill(process);
        }
        assertThat(said())
                .containsOnlyOnce("Cannot log in as 'cassandra': neither the default password nor the one in "
                        + folder.resolve("secret") + " is accepted.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \n"})
    void anEmptySecretIsNamedBeforeTheNodeStarts(String secret) throws Exception {
        Files.writeString(folder.resolve("secret"), secret);

        assertRefused();
    }

    @Test
    void aMissingSecretIsNamedBeforeTheNodeStarts() throws Exception {
        Files.delete(folder.resolve("secret"));

        assertRefused();
    }

    private void assertRefused() throws Exception {
        Files.writeString(folder.resolve("known"), "cassandra");

        assertThat(start()).isEqualTo(1);

        assertThat(said())
                .startsWith("Cannot start Cassandra: " + folder.resolve("secret") + " is missing or empty. Remove it")
                .contains("docker compose run --rm --entrypoint rm secrets -f ");
        assertThat(folder.resolve("started")).doesNotExist();
        assertThat(folder.resolve("mark")).doesNotExist();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }

    private int start() throws Exception {
        Process process = begin();
        try {
            return end(process);
        } finally {
            kill(process);
        }
    }

    /** With no patience: a refusal is told at once. */
    private Process begin() throws IOException {
        String script = Files.readString(CHECKOUT.resolve("docker/cassandra.sh"))
                .replace(
                        "/run/candlestack/cassandra-superuser.password",
                        folder.resolve("secret").toString())
                .replace(
                        "/var/lib/cassandra/candlestack.initialised",
                        folder.resolve("mark").toString())
                .replace(
                        "/etc/cassandra/cassandra.yaml",
                        folder.resolve("cassandra.yaml").toString())
                .replace("patience=60", "patience=0");
        Files.writeString(folder.resolve("script"), script);
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", folder.resolve("script").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().merge("PATH", folder.toString(), (path, added) -> added + ":" + path);
        builder.environment().put("TMPDIR", folder.toString());
        return builder.start();
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    private static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
