package candlestack.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JsonProgramTest {
    @TempDir
    Path folder;

    @Test
    void givesTheLastLine() throws Exception {
        assertThat(JsonProgram.run(shell("echo warming up; echo '{\"a\": 1}'"), Duration.ofSeconds(60), "ask")
                        .path("a")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void readsTheAnswerAfterAByteThatIsNotUtf8() throws Exception {
        Command command = shell("printf 'W\\344rme\\n{\"a\": \"\\303\\244\"}\\n'");

        assertThat(JsonProgram.run(command, Duration.ofSeconds(60), "ask")
                        .path("a")
                        .asText())
                .isEqualTo("ä");
    }

    @Test
    void saysWhichProgramPrintedWhatInsteadOfAnAnswer() {
        assertThatThrownBy(() -> JsonProgram.run(shell("echo '{}'; echo oops"), Duration.ofSeconds(60), "ask"))
                .isInstanceOf(LauncherException.class)
                .hasMessage("Cannot ask: expected a JSON object from echo '{}'; echo oops, and 'oops' came");
        assertThatThrownBy(() -> JsonProgram.run(shell("true"), Duration.ofSeconds(60), "ask"))
                .isInstanceOf(LauncherException.class)
                .hasMessage("Cannot ask: expected a JSON object from true, and nothing came");
        assertThatThrownBy(() -> JsonProgram.run(shell("echo 17"), Duration.ofSeconds(60), "ask"))
                .isInstanceOf(LauncherException.class)
                .hasMessageEndingWith("and '17' came");
    }

    @Test
    void endsAProgramThatHasAnsweredButDoesNotEnd() {
        Command command = shell("echo '{}'; exec sleep 600");

        assertThatThrownBy(() -> JsonProgram.run(command, Duration.ofSeconds(1), "list the sources"))
                .isInstanceOf(LauncherException.class)
                .hasMessage("Cannot list the sources: the runner was not done within 1 s, and was ended");
    }

    private Command shell(String script) {
        return new Command(List.of("sh", "-c", script), Map.of(), folder);
    }
}
