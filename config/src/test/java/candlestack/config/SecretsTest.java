package candlestack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void aGeneratedSecretStaysTheSameAndOnlyItsOwnerCanReadIt() throws IOException {
        Path directory = folder.resolve("secrets");
        Secrets secrets = new Secrets(directory);

        String first = secrets.findOrGenerate("a.token");

        assertThat(first).hasSize(43);
        assertThat(new Secrets(directory).findOrGenerate("a.token")).isEqualTo(first);
        assertThat(secrets.findOrGenerate("b.token")).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a.token"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aStoredSecretReplacesTheOldOne() {
        Secrets secrets = new Secrets(folder.resolve("secrets"));
        secrets.store("a.token", "one");

        secrets.store("a.token", "two");

        assertThat(secrets.require("a.token")).isEqualTo("two");
    }

    @Test
    void aMissingSecretIsNamed() {
        assertThatThrownBy(() -> new Secrets(folder).require("a.token"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(folder.resolve("a.token").toString());
    }
}
