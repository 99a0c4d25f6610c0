package candlestack.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resident memory of every process of the stack. Pages that processes share are counted in proportion
 * ({@code Pss} of {@code /proc/PID/smaps_rollup}), so that PostgreSQL's buffers count once.
 */
final class Memory {
    private Memory() {}

    static void measure(Stack stack, Duration after, Report report) throws IOException, InterruptedException {
        report.progress("letting the stack run for " + after.toMinutes() + " minutes");
        Thread.sleep(after.toMillis());
        TreeMap<String, Long> bytes = stackProcesses(stack)
                .collect(Collectors.groupingBy(
                        Memory::name, TreeMap::new, Collectors.summingLong(Memory::proportionalBytes)));
        bytes.forEach((name, size) -> report.figure("memory of " + name, size / 1024.0 / 1024, "MiB"));
        report.figure(
                "memory of the whole stack after " + after.toMinutes() + " minutes",
                bytes.values().stream().mapToLong(Long::longValue).sum() / 1024.0 / 1024,
                "MiB");
    }

    /** Processes whose command line or environment names the stack's home. */
    private static Stream<ProcessHandle> stackProcesses(Stack stack) {
        String home = stack.home().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> proc(process, "environ").contains(home)
                        || proc(process, "cmdline").contains(home));
    }

    private static String name(ProcessHandle process) {
        String command = proc(process, "cmdline").replace('\0', ' ').strip();
        return Stream.of(
                        "kafka.Kafka",
                        "InfluxServer",
                        "IngestMain",
                        "AnalyticsMain",
                        "SinksMain",
                        "ViewerMain",
                        "postgres",
                        "Cassandra",
                        "Mongo")
                .filter(command::contains)
                .findFirst()
                .orElse("launcher");
    }

    private static long proportionalBytes(ProcessHandle process) {
        Optional<String> line = proc(process, "smaps_rollup")
                .lines()
                .filter(text -> text.startsWith("Pss:"))
                .findFirst();
        return line.map(text -> Long.parseLong(text.replaceAll("[^0-9]", "")) * 1024)
                .orElse(0L);
    }

    /** Empty for a process that has ended or is not ours to read. */
    private static String proc(ProcessHandle process, String file) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
