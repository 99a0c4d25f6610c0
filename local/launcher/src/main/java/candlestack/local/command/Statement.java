package candlestack.local.command;

import candlestack.local.LauncherException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The text of a query: as an argument or in a file. */
final class Statement {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Origin origin;

    private static final class Origin {
        @Parameters(index = "0", paramLabel = "QUERY", description = "The query itself, in one argument.")
        private String text;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "A file that holds it; '-' is standard input.")
        private Path file;
    }

    String text() throws IOException {
        if (origin.text != null) {
            return origin.text;
        }
        if (origin.file.toString().equals("-")) {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!Files.isReadable(origin.file)) {
            throw LauncherException.usage("Cannot read query file '" + origin.file + "': "
                    + (Files.exists(origin.file) ? "not readable by this user" : "no such file"));
        }
        return Files.readString(origin.file);
    }
}
