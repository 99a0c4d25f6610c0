package candlestack.ingest.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a process has ended that nobody told to: which source was being called then. */
final class LastWords {
    private LastWords() {}

    /** What the process before this one was doing when it died; empty if it stopped, or left nothing. */
    static Optional<String> ofTheProcessBefore(Path home) {
        Path file = home.resolve("run/ingest-status.json");
        try {
            JsonNode status = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (status.path("kafka").path("state").asText().equals("stopped")) {
                return Optional.empty();
            }
            List<String> called = CallLog.left(home);
            return Optional.of("process " + status.path("pid").asText() + " ended without being told to; "
                    + (called.isEmpty()
                            ? "no source was being called"
                            : "being called was " + String.join(", ", called))
                    + ", " + status.path("time").asText());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The thread that is ending this JVM, if it is one of ours; to be asked in a shutdown hook. */
    static Optional<String> whoEndsUs(Map<Thread, StackTraceElement[]> stacks) {
        return stacks.entrySet().stream()
                .filter(entry -> Arrays.stream(entry.getValue())
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown")))
                .filter(entry -> entry.getKey().getThreadGroup() instanceof SourceThreads)
                .map(entry -> "thread '" + entry.getKey().getName() + "' of "
                        + entry.getKey().getThreadGroup().getName() + " ends the process"
                        + caller(entry.getValue()).map(frame -> ", at " + frame).orElse(""))
                .findFirst();
    }

    private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .findFirst();
    }
}
