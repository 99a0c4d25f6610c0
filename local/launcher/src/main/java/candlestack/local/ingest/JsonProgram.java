package candlestack.local.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.config.LetterContent;
import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs whose last line on standard output is one JSON object. */
final class JsonProgram {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_TOLD = 200;

    private JsonProgram() {}

    /**
     * Runs the command to its end, or ends it at the limit.
     *
     * @param action what it is for, such as {@code list the sources}
     * @throws LauncherException when it does not end well, and what it says of that went to standard error; or when its
     *     last line is something else
     */
    static ObjectNode run(Command command, Duration limit, String action) throws IOException, InterruptedException {
        // Into a file: a pipe is at its end only when the program is, or what it has started.
        Path output = Files.createTempFile("candlestack-program", ".json");
        try {
            end(command, output, limit, action);
            // What a plugin prints before may be in any encoding: a byte that is not UTF-8 must not cost the answer.
            String last = new String(Files.readAllBytes(output), UTF_8)
                    .lines()
                    .reduce((first, second) -> second)
                    .orElse("");
            return object(last)
                    .orElseThrow(() -> LauncherException.failed("Cannot " + action + ": expected a JSON object from "
                            + program(command) + ", and "
                            + (last.isEmpty() ? "nothing" : "'" + LetterContent.shortened(last, MOST_TOLD) + "'")
                            + " came"));
        } finally {
            Files.delete(output);
        }
    }

    private static Optional<ObjectNode> object(String line) {
        try {
            return JSON.readTree(line) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The main class, where it is a JVM. */
    private static String program(Command command) {
        return command.words().get(command.words().size() - 1);
    }

    private static void end(Command command, Path output, Duration limit, String action)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw LauncherException.failed("Cannot " + action + ": the runner was not done within "
                        + limit.toSeconds() + " s, and was ended");
            }
        } finally {
            process.destroyForcibly();
        }
        int code = process.waitFor();
        if (code == LauncherException.USAGE) {
            throw LauncherException.usage("Cannot " + action + " of this configuration");
        }
        if (code != 0) {
            throw LauncherException.failed("Cannot " + action + ": the runner ended with exit code " + code);
        }
    }
}
