package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.csv.PartName.Form;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes rows to part files, each row into one of them, however often it is delivered. A part has its name only when all
 * of it is on the disk. For one thread.
 */
final class PartWriter {
    /** Not of the compacted parts, which are the merger's. */
    private static final String DRAFT = ".csv.draft";

    private final ExportFiles files;
    private final MergeLog mergeLog;
    /** The last part of each count; empty until the folder has been read. */
    private Map<Count, PartName> last = Map.of();

    private boolean loaded;

    PartWriter(ExportFiles files) {
        this.files = requireNonNull(files, "files is null");
        this.mergeLog = new MergeLog(files);
    }

    /**
     * @param rows in the order of their topic: what has no higher number than one before it is a repetition
     * @return rows that were not there already
     */
    int write(List<Row> rows) throws IOException {
        load();
        Map<Count, Run> open = new HashMap<>();
        List<Run> runs = new ArrayList<>();
        for (Row row : rows) {
            Run run = open.get(row.count());
            if (run != null && run.isFollowedBy(row)) {
                run.add(row);
            } else if (isNew(row, run)) {
                Run begun = new Run(row, earliest(row));
                open.put(row.count(), begun);
                runs.add(begun);
            }
        }
        int written = 0;
        for (Run run : runs) {
            write(run.name(), run.rows);
            written += run.rows.size();
        }
        return written;
    }

    private boolean isNew(Row row, Run before) {
        PartName stored = before == null ? last.get(row.count()) : before.name();
        return stored == null || row.number() > stored.last();
    }

    /** What a stamp may not go back behind, should the broker's clock do so. */
    private Instant earliest(Row row) {
        return Optional.ofNullable(last.get(row.count())).map(PartName::stamp).orElse(Instant.MIN);
    }

    private void write(PartName name, List<Row> rows) throws IOException {
        String draft = name.fileName().replaceFirst("\\.csv$", DRAFT);
        try {
            files.write(draft, output -> {
                output.write(CsvRow.HEADER);
                for (Row row : rows) {
                    output.write(row.line());
                }
            });
            files.move(draft, name.fileName());
        } catch (IOException e) {
            // Nobody knows what has been done: the folder says it.
            loaded = false;
            throw e;
        }
        last.put(name.count(), name);
    }

    /** Parts that were merged and then removed count too. */
    private void load() throws IOException {
        if (loaded) {
            return;
        }
        Map<Count, PartName> found = new HashMap<>();
        List<String> names = files.names();
        for (String name : names) {
            if (name.startsWith("part-") && name.endsWith(DRAFT)) {
                files.delete(name);
            }
        }
        Stream.concat(names.stream().flatMap(name -> PartName.parse(name).stream()), mergeLog.parts().stream())
                .forEach(part -> found.merge(part.count(), part, PartWriter::later));
        last = found;
        loaded = true;
    }

    private static PartName later(PartName a, PartName b) {
        return a.last() >= b.last() ? a : b;
    }

    /** Rows of a count without a gap. */
    private static final class Run {
        private final List<Row> rows = new ArrayList<>();
        private Instant stamp;

        Run(Row first, Instant earliest) {
            stamp = earliest;
            add(first);
        }

        boolean isFollowedBy(Row row) {
            return row.number() == rows.get(rows.size() - 1).number() + 1;
        }

        void add(Row row) {
            rows.add(row);
            stamp = row.stamp().isAfter(stamp) ? row.stamp() : stamp;
        }

        PartName name() {
            Row first = rows.get(0);
            return new PartName(
                    stamp,
                    first.count(),
                    first.number(),
                    rows.get(rows.size() - 1).number(),
                    Form.PLAIN);
        }
    }
}
