package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that remembers which parts the merged file holds: a line each, for a person to read. For one thread. */
final class MergeLog {
    static final String NAME = "merged.txt";

    private static final Logger log = LoggerFactory.getLogger(MergeLog.class);
    private static final String DRAFT = NAME + ".draft";
    private static final String HEADING = """
            # The part files whose rows devices.csv holds, in their order, and its size in bytes after each.
            # Delete this file, and devices.csv is made anew from all part files that are here.
            """;

    private final ExportFiles files;

    /** @param bytes size of the merged file with the part's rows */
    record Line(long bytes, PartName part) {
        Line {
            requireNonNull(part, "part is null");
        }

        private String text() {
            return bytes + " " + part.fileName() + "\n";
        }

        private static Optional<Line> parse(String text) {
            String[] words = text.split(" ", 2);
            if (words.length < 2 || !words[0].matches("\\d{1,18}")) {
                return Optional.empty();
            }
            return PartName.parse(words[1]).map(part -> new Line(Long.parseLong(words[0]), part));
        }
    }

    MergeLog(ExportFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    /** Of the lines that are whole; empty if there is no file, or one that cannot be read. */
    Optional<List<Line>> read() throws IOException {
        if (files.size(NAME) < 0) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        String text = text();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            if (!line.startsWith("#")) {
                Optional<Line> parsed = Line.parse(line);
                if (parsed.isEmpty()) {
                    log.warn("Cannot read {}: '{}' is no line of it; all parts are merged again", NAME, line);
                    return Optional.empty();
                }
                lines.add(parsed.get());
            }
        }
        return Optional.of(lines);
    }

    /** Of the parts it names, as far as it can be read. */
    List<PartName> parts() throws IOException {
        return read().orElse(List.of()).stream().map(Line::part).toList();
    }

    /** Cuts off what a crash has left of a line. */
    void mend() throws IOException {
        String text = text();
        int whole = text.lastIndexOf('\n') + 1;
        if (whole < text.length()) {
            files.truncate(NAME, text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
        }
    }

    void append(Line line) throws IOException {
        files.append(NAME, output -> output.write(line.text().getBytes(StandardCharsets.UTF_8)));
    }

    void replace(List<Line> lines) throws IOException {
        files.write(DRAFT, output -> {
            output.write(HEADING.getBytes(StandardCharsets.UTF_8));
            for (Line line : lines) {
                output.write(line.text().getBytes(StandardCharsets.UTF_8));
            }
        });
        files.move(DRAFT, NAME);
    }

    private String text() throws IOException {
        try (InputStream input = files.read(NAME)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
