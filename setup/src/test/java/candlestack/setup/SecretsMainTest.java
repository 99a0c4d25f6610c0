package candlestack.setup;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.config.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsMainTest {
    @TempDir
    Path folder;

    @Test
    void eachContainerGetsItsOwnSecretsAndNoOthers() throws IOException {
        assertThat(run()).isZero();

        assertThat(handedOut())
                .isEqualTo(Map.of(
                        "analytics",
                        List.of("users-pseudonyms.key"),
                        "cassandra",
                        List.of("cassandra-superuser.password"),
                        "grafana",
                        List.of("cassandra-grafana.password", "grafana-admin.password", "postgres-grafana.password"),
                        "mongo",
                        List.of("mongodb-owner.password"),
                        "postgres",
                        List.of("postgres-superuser.password")));
        Path copy = folder.resolve("for/postgres/postgres-superuser.password");
        assertThat(Files.readString(copy))
                .isEqualTo(Files.readString(folder.resolve("secrets/postgres-superuser.password")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aSecondRunKeepsWhatIsThereAndBringsWhatIsNew() throws IOException {
        assertThat(run()).isZero();
        String kept = Files.readString(folder.resolve("for/mongo/mongodb-owner.password"));
        new Secrets(folder.resolve("secrets")).store(Secrets.INFLUXDB_READER, "given by the server");

        assertThat(run()).isZero();

        assertThat(folder.resolve("for/mongo/mongodb-owner.password")).hasContent(kept);
        assertThat(folder.resolve("for/grafana/influxdb-reader.token")).hasContent("given by the server");
        assertThat(handedOut().keySet()).doesNotContain("sinks");
    }

    @Test
    void aSecretThatWasChangedReplacesItsCopy() {
        assertThat(run()).isZero();
        new Secrets(folder.resolve("secrets")).store(Secrets.POSTGRES_SUPERUSER, "another");

        assertThat(run()).isZero();

        assertThat(folder.resolve("for/postgres/postgres-superuser.password")).hasContent("another");
    }

    @Test
    void withoutAFolderItSaysWhichSettingIsMissing() {
        assertThat(SecretsMain.run(Map.of("CANDLESTACK_HOME", folder.toString())))
                .isEqualTo(2);
    }

    private int run() {
        return SecretsMain.run(Map.of(
                "CANDLESTACK_CONFIG", folder.resolve("none.yaml").toString(),
                "CANDLESTACK_HOME", folder.toString(),
                "CANDLESTACK_SECRETS_HANDOUT", folder.resolve("for").toString()));
    }

    private Map<String, List<String>> handedOut() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("for"))) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> found.merge(
                            file.getParent().getFileName().toString(),
                            List.of(file.getFileName().toString()),
                            (before, more) -> Stream.concat(before.stream(), more.stream())
                                    .toList()));
        }
        return found;
    }
}
