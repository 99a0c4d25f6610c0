package candlestack.setup;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A file of CQL: statements end with a semicolon at the end of a line, comments begin with two hyphens. */
final class CqlScript {
    private CqlScript() {}

    static List<String> statements(String text) {
        String code = text.lines()
                .map(line -> line.replaceFirst("--.*", "").stripTrailing())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        return Arrays.stream(code.split(";(\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
