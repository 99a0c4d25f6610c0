package candlestack.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.local.LauncherException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewSourceCommandTest {
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
