package candlestack.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {
    @TempDir
    Path run;

    private final ProcessId self = ProcessId.of(ProcessHandle.current()).orElseThrow();

    @Test
    void findsTheProcessThatWasRecorded() throws IOException {
        PidFiles files = new PidFiles(run);
        files.write("kafka", self);

        assertThat(files.find("kafka")).contains(ProcessHandle.current());
        assertThat(files.findAll()).containsExactly(java.util.Map.entry("kafka", ProcessHandle.current()));
    }

    @Test
    void aPidThatBelongsToAYoungerProcessIsNotOurs() throws IOException {
        PidFiles files = new PidFiles(run);
        files.write("kafka", new ProcessId(self.pid(), self.start().minus(Duration.ofMinutes(5))));

        assertThat(files.find("kafka")).isEmpty();
        assertThat(files.findAll()).isEmpty();
    }

    @Test
    void aDeadProcessAForeignFileAndNoFileAreAllAbsent() throws Exception {
        PidFiles files = new PidFiles(run.resolve("later"));
        assertThat(files.find("kafka")).isEmpty();
        assertThat(files.findAll()).isEmpty();

        Process process = new ProcessBuilder("sleep", "60").start();
        files.write("dead", ProcessId.of(process.toHandle()).orElseThrow());
        process.destroyForcibly().waitFor();
        Files.writeString(run.resolve("later/odd.pid"), "not a pid");

        assertThat(files.findAll()).isEmpty();
    }
}
