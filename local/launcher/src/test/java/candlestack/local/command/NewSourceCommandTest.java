package candlestack.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import candlestack.local.LauncherException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewSourceCommandTest {
    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void makesASourceThoughNobodySaysWhichAreInstalled() throws Exception {
        Path api = CHECKOUT.resolve("ingest/api/target/candlestack-ingest-api-0.1.0-SNAPSHOT.jar");
        assumeThat(api).as("it is built before this module").exists();
        Path target = Files.createDirectories(folder.resolve("checkout/ingest/api/target"));
        Files.copy(api, target.resolve(api.getFileName()));
        StringWriter warned = new StringWriter();
        System.setProperty("candlestack.root", folder.resolve("checkout").toString());
        int code;
        try {
            code = new CommandLine(new NewSourceCommand())
                    .setOut(new PrintWriter(new StringWriter()))
                    .setErr(new PrintWriter(warned, true))
                    .execute("weather", "--folder", folder.resolve("weather").toString());
        } finally {
            System.clearProperty("candlestack.root");
        }

        assertThat(warned.toString())
                .startsWith("Cannot see whether a type of source 'weather' is installed: Cannot start sources: ");
        assertThat(code).isZero();
        assertThat(folder.resolve("weather/pom.xml")).exists();
    }

    @Test
    void refusesANameWhoseClassWouldHideTheInterface() {
        assertThatThrownBy(() -> NewSourceCommand.checkName("source"))
                .isInstanceOf(LauncherException.class)
                .hasMessageStartingWith("Invalid NAME: 'source', its class would be a SourceFactory");
        assertThatCode(() -> NewSourceCommand.checkName("sources")).doesNotThrowAnyException();
    }

    @Test
    void refusesAWordOfJavaUnlessThereIsAPackage() {
        assertThatThrownBy(() -> NewSourceCommand.packageOfClasses("cl-ass", Optional.empty()))
                .isInstanceOf(LauncherException.class)
                .hasMessage("Invalid NAME: 'cl-ass', its package would be 'plugins.class', and 'class' is a word of"
                        + " Java's own; choose another, or a package with --package");
        assertThat(NewSourceCommand.packageOfClasses("class", Optional.of("com.example")))
                .isEqualTo("com.example");
        assertThat(NewSourceCommand.packageOfClasses("air-quality", Optional.empty()))
                .isEqualTo("plugins.airquality");
    }

    @Test
    void refusesATypeThatIsInstalled() throws Exception {
        JsonNode sources = new ObjectMapper()
                .readTree("{\"types\":[{\"name\":\"yahoo\",\"description\":\"Prices of a website.\"}]}");

        assertThatThrownBy(() -> NewSourceCommand.refuseInstalled("yahoo", sources))
                .isInstanceOf(LauncherException.class)
                .hasMessage("Invalid NAME: 'yahoo' is a type of source that is installed (Prices of a website.);"
                        + " choose another");
        assertThatCode(() -> NewSourceCommand.refuseInstalled("weather", sources))
                .doesNotThrowAnyException();
    }
}
