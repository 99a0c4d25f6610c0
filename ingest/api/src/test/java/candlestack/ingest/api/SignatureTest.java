package candlestack.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Plugins are compiled against this package and stay as they are when the host is replaced: what they link to must not
 * change by accident.
 */
class SignatureTest {
    private static final String EXPECTED = "signature.txt";

    @Test
    void isWhatPluginsWereCompiledAgainst() throws Exception {
        List<String> actual = Signature.of(types());
        Path written = Files.write(Files.createDirectories(Path.of("target")).resolve(EXPECTED), actual);

        assertThat(actual)
                .as(
                        """
                        The binary signature of ingest/api has changed. If that was not intended, undo it.
                        If something was only added, raise the minor number in ApiVersion; if a plugin that exists could no
                        longer run, raise the major one. Then:
                            cp %s '%s'""",
                        written.toAbsolutePath(),
                        Path.of("src/test/resources/candlestack/ingest/api")
                                .toAbsolutePath()
                                .resolve(EXPECTED))
                .containsExactlyElementsOf(expected());
    }

    @Test
    void belongsToTheVersionThatItSays() throws Exception {
        assertThat(expected().get(0)).isEqualTo("version " + ApiVersion.current());
    }

    private static List<String> expected() throws IOException {
        try (InputStream file = SignatureTest.class.getResourceAsStream(EXPECTED)) {
            return file == null
                    ? List.of()
                    : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
    }

    /** Every type of the package that others can see, nested ones too. */
    private static List<Class<?>> types() throws IOException, URISyntaxException {
        Path classes = Path.of(SourceFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(classes::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .<Class<?>>map(name -> load(name.replace('/', '.').replaceFirst("\\.class$", "")))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SourceFactory.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
