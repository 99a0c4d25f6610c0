package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.csv.MergeLog.Line;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one file with the rows of all parts: each row once, in the order of the stream.
 *
 * <p>A part's rows are forced to the disk before the log names the part, and the log says how long the merged file is
 * then: what is beyond was cut short by a crash and is taken back. For one thread.
 */
final class Merger {
    static final String MERGED = "devices.csv";

    private static final Logger log = LoggerFactory.getLogger(Merger.class);
    private static final String DRAFT = MERGED + ".draft";
    /** Making the merged file anew is much to do for a few rows. */
    private static final Duration BETWEEN_EXPIRIES = Duration.ofDays(1);

    private final ExportFiles files;
    private final MergeLog mergeLog;
    private final PartReader reader;
    private final Compaction compaction;
    private final Duration kept;
    private final InstantSource clock;
    private final Set<PartName> reported = new HashSet<>();
    private Instant nextExpiry = Instant.MIN;
    private boolean cleaned;

    /** @param kept how long rows stay, counted from when the broker had them; up to a day longer */
    Merger(ExportFiles files, Compaction.Limits limits, Duration kept, InstantSource clock) {
        this.files = requireNonNull(files, "files is null");
        this.mergeLog = new MergeLog(files);
        this.reader = new PartReader(files);
        this.compaction = new Compaction(files, limits);
        this.kept = requireNonNull(kept, "kept is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Merges what is new. After a failure the next call puts things right. */
    void run() throws IOException {
        try {
            merge();
        } catch (IOException e) {
            cleaned = false;
            throw e;
        }
    }

    private void merge() throws IOException {
        removeDrafts();
        List<PartName> parts = parts();
        if (parts.isEmpty() && files.size(MergeLog.NAME) < 0) {
            return;
        }
        List<Line> lines = expire(parts, mended(parts));
        Coverage merged = new Coverage();
        lines.forEach(line -> merged.add(line.part()));
        List<Line> all = new ArrayList<>(lines);
        for (PartName part : parts()) {
            if (!merged.covers(part) && isWhole(part)) {
                all.add(append(part, merged));
                merged.add(part);
            }
        }
        compaction.tidy(covered(merged), all, mergeLog);
        compaction.compact(covered(merged));
    }

    /** Of a merger that was killed or has failed. */
    private void removeDrafts() throws IOException {
        if (cleaned) {
            return;
        }
        for (String name : files.names()) {
            boolean ours =
                    name.endsWith(".csv.gz.draft") || name.equals(DRAFT) || name.equals(MergeLog.NAME + ".draft");
            if (ours) {
                files.delete(name);
            }
        }
        cleaned = true;
    }

    private List<PartName> parts() throws IOException {
        return files.names().stream()
                .flatMap(name -> PartName.parse(name).stream())
                .sorted(PartName.IN_ORDER)
                .toList();
    }

    private List<PartName> covered(Coverage merged) throws IOException {
        return parts().stream().filter(merged::covers).toList();
    }

    /** What is merged, with the merged file exactly as the log says. */
    private List<Line> mended(List<PartName> parts) throws IOException {
        Optional<List<Line>> lines = mergeLog.read();
        if (lines.isEmpty()) {
            return rebuilt(parts);
        }
        long bytes = bytes(lines.get());
        long size = files.size(MERGED);
        if (size < bytes) {
            log.warn("{} is shorter than {} says; it is made anew from all parts", MERGED, MergeLog.NAME);
            return rebuilt(parts);
        }
        if (size > bytes) {
            files.truncate(MERGED, bytes);
        }
        mergeLog.mend();
        return lines.get();
    }

    private List<Line> rebuilt(List<PartName> parts) throws IOException {
        List<PartName> whole = new ArrayList<>();
        for (PartName part : parts) {
            if (isWhole(part)) {
                whole.add(part);
            }
        }
        List<Line> lines = new ArrayList<>();
        files.write(DRAFT, output -> {
            CountingOutput counting = new CountingOutput(output);
            counting.write(CsvRow.HEADER);
            Coverage there = new Coverage();
            for (PartName part : whole) {
                // Of parts that were joined some may be gone already: what is left of them would come too early.
                if (!there.covers(part) && !Compaction.isHeld(part, whole)) {
                    reader.copy(part, there, counting);
                    there.add(part);
                    lines.add(new Line(counting.bytes(), part));
                }
            }
        });
        files.move(DRAFT, MERGED);
        mergeLog.replace(lines);
        return lines;
    }

    private List<Line> expire(List<PartName> parts, List<Line> lines) throws IOException {
        Instant now = clock.instant();
        Predicate<PartName> expired = part -> part.stamp().isBefore(now.minus(kept));
        boolean any = parts.stream().anyMatch(expired)
                || lines.stream().map(Line::part).anyMatch(expired);
        if (!any || now.isBefore(nextExpiry)) {
            return lines;
        }
        List<Line> left = rebuilt(parts.stream().filter(expired.negate()).toList());
        for (PartName part : parts) {
            if (expired.test(part)) {
                files.delete(part.fileName());
            }
        }
        nextExpiry = now.plus(BETWEEN_EXPIRIES);
        return left;
    }

    private Line append(PartName part, Coverage merged) throws IOException {
        files.append(MERGED, output -> reader.copy(part, merged, output));
        Line line = new Line(files.size(MERGED), part);
        mergeLog.append(line);
        return line;
    }

    /** A part that is not is left for later: somebody else may still be writing it. */
    private boolean isWhole(PartName part) throws IOException {
        boolean whole = reader.isWhole(part);
        if (!whole && reported.add(part)) {
            log.warn(
                    "Cannot merge {}: it does not have the header and {} rows; it is left out until it has",
                    part,
                    part.rows());
        }
        return whole;
    }

    private static long bytes(List<Line> lines) {
        return lines.isEmpty()
                ? CsvRow.HEADER.length
                : lines.get(lines.size() - 1).bytes();
    }
}
