package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.csv.MergeLog.Line;
import candlestack.analytics.sinks.csv.PartName.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Joins merged parts into few compressed ones. They are kept, not removed, since devices.csv can be made anew from them
 * only; a year of parts of ten seconds would be three million files, and compressed they take a tenth of the space. For
 * one thread.
 */
final class Compaction {
    private static final String DRAFT = ".draft";

    private final ExportFiles files;
    private final PartReader reader;
    private final Limits limits;

    /**
     * @param parts how many are joined, and at least how many of the newest stay as they are
     * @param bytes above which a joined part is full
     */
    record Limits(int parts, long bytes) {}

    Compaction(ExportFiles files, Limits limits) {
        this.files = requireNonNull(files, "files is null");
        this.reader = new PartReader(files);
        this.limits = requireNonNull(limits, "limits is null");
    }

    /** @param merged parts of which every row is merged, in order */
    void compact(List<PartName> merged) throws IOException {
        List<PartName> plain = merged.stream().filter(Compaction::isPlain).toList();
        if (plain.size() < 2 * limits.parts()) {
            return;
        }
        List<PartName> run = new ArrayList<>();
        long bytes = 0;
        for (PartName part : plain.subList(0, limits.parts())) {
            boolean follows = run.isEmpty() || run.get(run.size() - 1).isFollowedBy(part);
            if (!follows || bytes > limits.bytes()) {
                join(run);
                run.clear();
                bytes = 0;
            }
            run.add(part);
            bytes += files.size(part.fileName());
        }
        join(run);
    }

    private void join(List<PartName> run) throws IOException {
        PartName first = run.get(0);
        PartName last = run.get(run.size() - 1);
        PartName joined = new PartName(last.stamp(), last.count(), first.first(), last.last(), Form.GZIP);
        String draft = joined.fileName() + DRAFT;
        files.write(draft, output -> {
            GZIPOutputStream compressed = new GZIPOutputStream(output, 1 << 16);
            compressed.write(CsvRow.HEADER);
            for (PartName part : run) {
                reader.copy(part, new Coverage(), compressed);
            }
            compressed.finish();
        });
        files.move(draft, joined.fileName());
    }

    /** Lets a joined part stand for those it was made of, in the log and then in the folder. */
    void tidy(List<PartName> merged, List<Line> lines, MergeLog log) throws IOException {
        List<PartName> joined = merged.stream().filter(part -> !isPlain(part)).toList();
        List<Line> fewer = lines;
        for (PartName part : joined) {
            if (lines.stream().anyMatch(line -> stands(part, line.part()))) {
                fewer = standIn(part, fewer);
            }
        }
        if (fewer.size() < lines.size()) {
            log.replace(fewer);
        }
        for (PartName part : merged) {
            if (isHeld(part, joined)) {
                files.delete(part.fileName());
            }
        }
    }

    /** Whether a joined part among the others has its rows. */
    static boolean isHeld(PartName part, List<PartName> others) {
        return isPlain(part) && others.stream().anyMatch(other -> stands(other, part));
    }

    private static List<Line> standIn(PartName joined, List<Line> lines) {
        List<Line> held =
                lines.stream().filter(line -> stands(joined, line.part())).toList();
        if (held.isEmpty()) {
            return lines;
        }
        Line last = held.get(held.size() - 1);
        List<Line> fewer = new ArrayList<>(lines);
        fewer.set(fewer.indexOf(last), new Line(last.bytes(), joined));
        fewer.removeAll(held);
        return fewer;
    }

    private static boolean stands(PartName joined, PartName part) {
        return isPlain(part)
                && !isPlain(joined)
                && joined.count().equals(part.count())
                && joined.first() <= part.first()
                && joined.last() >= part.last();
    }

    private static boolean isPlain(PartName part) {
        return part.form() == Form.PLAIN;
    }
}
