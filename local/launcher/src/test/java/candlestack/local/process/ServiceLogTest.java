package candlestack.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
    private static final String MEBIBYTE = "x".repeat(1 << 20);

    @TempDir
    Path folder;

    @Test
    void keepsTwoOlderFilesAndLosesNoLineBetweenThem() throws IOException {
        Path file = folder.resolve("logs/kafka.log");
        try (ServiceLog log = new ServiceLog(file)) {
            for (int line = 0; line < 35; line++) {
                log.write(line + MEBIBYTE);
            }
        }

        assertThat(folder.resolve("logs/kafka.log.3")).doesNotExist();
        assertThat(firstNumber(file.resolveSibling("kafka.log.2"))).isEqualTo(9);
        assertThat(firstNumber(file.resolveSibling("kafka.log.1"))).isEqualTo(18);
        assertThat(firstNumber(file)).isEqualTo(27);
        assertThat(Files.size(file)).isLessThanOrEqualTo(10 << 20);
    }

    @Test
    void remembersTheLastTwentyLinesOfThisRun() throws IOException {
        Path file = folder.resolve("kafka.log");
        Files.writeString(file, "of an earlier run\n");
        try (ServiceLog log = new ServiceLog(file)) {
            for (int line = 1; line <= 25; line++) {
                log.write("line " + line);
            }
            assertThat(log.tail()).hasSize(20).startsWith("line 6").endsWith("line 25");
        }
        assertThat(Files.readAllLines(file)).hasSize(26).startsWith("of an earlier run", "line 1");
    }

    private static int firstNumber(Path file) throws IOException {
        return Integer.parseInt(Files.readAllLines(file).get(0).replace("x", ""));
    }
}
