package candlestack.analytics.sinks.csv;

import static candlestack.analytics.sinks.csv.Stream.HEADER;
import static candlestack.analytics.sinks.csv.Stream.LIMITS;
import static candlestack.analytics.sinks.csv.Stream.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.analytics.sinks.csv.MemoryFiles.Killed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts and the merged file, whatever is killed when. */
class CsvExportTest {
    private static final int ROWS = 60;
    private static final Duration KEPT = Duration.ofDays(365);

    @TempDir
    Path folder;

    private final MemoryFiles files = new MemoryFiles();

    @Test
    void eachRowIsMergedOnceAndInOrderWheneverTheProcessIsKilled() throws IOException {
        MemoryFiles undisturbed = new MemoryFiles();
        finish(new Stream(undisturbed, 1).rows(ROWS), undisturbed);

        assertThat(undisturbed.steps()).isGreaterThan(300);
        for (int step = 1; step <= undisturbed.steps(); step++) {
            int last = step;
            MemoryFiles killed = new MemoryFiles();
            killed.killAt(number -> number == last);
            finish(new Stream(killed, 1).rows(ROWS), killed);
        }
    }

    @Test
    void eachRowIsMergedOnceAndInOrderHoweverOftenTheProcessIsKilledAndTheDiskFull() throws IOException {
        for (int seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            MemoryFiles faulty = new MemoryFiles();
            faulty.killAt(step -> random.nextInt(25) == 0);
            faulty.fillAt(step -> random.nextInt(25) == 0);
            Stream stream = new Stream(faulty, seed).rows(ROWS);
            for (int turn = 0; turn < 40; turn++) {
                disturbedTurn(stream);
                if (random.nextInt(20) == 0) {
                    faulty.killAt(step -> false);
                    faulty.fillAt(step -> false);
                    faulty.delete(MergeLog.NAME);
                    faulty.killAt(step -> random.nextInt(25) == 0);
                    faulty.fillAt(step -> random.nextInt(25) == 0);
                }
            }
            faulty.killAt(step -> false);
            faulty.fillAt(step -> false);
            finish(stream, faulty);
        }
    }

    @Test
    void goesOnWithATopicThatWasMadeAnew() throws IOException {
        for (int seed = 1; seed <= 20; seed++) {
            MemoryFiles kept = new MemoryFiles();
            Stream stream = new Stream(kept, seed).rows(20);
            while (!stream.isDelivered()) {
                stream.turn();
            }
            stream.wipe();
            if (seed % 2 == 0) {
                stream.restart();
            }
            stream.rows(30);
            finish(stream, kept);
        }
    }

    private static void finish(Stream stream, MemoryFiles files) throws IOException {
        while (!stream.isDelivered()) {
            disturbedTurn(stream);
        }
        // Should the step at which it is killed still come.
        for (int i = 0; i < 3; i++) {
            disturbedMerge(stream);
        }
        assertThat(files.text(Merger.MERGED)).isEqualTo(stream.expected());
        assertThat(files.names()).noneMatch(name -> name.endsWith(".draft"));

        files.killAt(step -> false);
        files.delete(MergeLog.NAME);
        stream.merge();
        assertThat(files.text(Merger.MERGED)).isEqualTo(stream.expected());
    }

    private static void disturbedTurn(Stream stream) {
        try {
            stream.turn();
        } catch (Killed e) {
            stream.restart();
        } catch (IOException e) {
            assertThat(e).hasMessage("No space left on device");
        }
    }

    private static void disturbedMerge(Stream stream) throws IOException {
        try {
            stream.merge();
        } catch (Killed e) {
            stream.restart();
        }
    }

    @Test
    void aBatchThatIsDeliveredAgainGivesTheSameFile() throws IOException {
        List<Row> rows = List.of(row(0, 5, 1, "a"), row(0, 6, 2, "b"), row(1, 9, 3, "c"), row(0, 8, 4, "d"));
        assertThat(new PartWriter(files).write(rows)).isEqualTo(4);
        List<String> names = files.names();

        assertThat(new PartWriter(files).write(rows)).isZero();
        List<Row> more = new ArrayList<>(rows);
        more.add(row(0, 9, 5, "e"));
        assertThat(new PartWriter(files).write(more)).isEqualTo(1);

        assertThat(names)
                .containsExactly(
                        "part-20260102T030407.000Z-1000-0-5-6.csv",
                        "part-20260102T030408.000Z-1000-1-9-9.csv",
                        "part-20260102T030409.000Z-1000-0-8-8.csv");
        assertThat(files.names()).hasSize(4).contains("part-20260102T030410.000Z-1000-0-9-9.csv");
        assertThat(files.text("part-20260102T030407.000Z-1000-0-5-6.csv")).isEqualTo(HEADER + "a\nb\n");
    }

    @Test
    void aCountThatBeginsAnewIsAnotherOne() throws IOException {
        new PartWriter(files).write(List.of(row(0, 5, 1, "a"), row(0, 6, 2, "b")));

        Count anew = new Count(61_000, 0);
        byte[] line = "c\n".getBytes(StandardCharsets.UTF_8);
        new PartWriter(files).write(List.of(new Row(anew, 0, START.plusSeconds(62), line)));

        assertThat(files.names())
                .containsExactly(
                        "part-20260102T030407.000Z-1000-0-5-6.csv", "part-20260102T030507.000Z-61000-0-0-0.csv");
    }

    @Test
    void aPartThatIsEmptyOrCutOffIsLeftOutUntilItIsWhole() throws IOException {
        files.put("part-20260102T030401.000Z-1000-0-0-1.csv", "");
        files.put("part-20260102T030402.000Z-1000-0-2-3.csv", HEADER + "c\nd");
        files.put("part-20260102T030403.000Z-1000-0-4-5.csv", HEADER + "e\n");
        files.put("part-20260102T030404.000Z-1000-0-6-6.csv", HEADER + "g\n");
        files.put("part-20260102T030405.000Z-1000-0-7-7.csv.gz", "no gzip");
        files.put("part-of something else.csv", "x\n");
        Merger merger = merger(files, START);
        merger.run();
        assertThat(files.text(Merger.MERGED)).isEqualTo(HEADER + "g\n");

        files.put("part-20260102T030402.000Z-1000-0-2-3.csv", HEADER + "c\nd\n");
        merger.run();
        merger.run();

        assertThat(files.text(Merger.MERGED)).isEqualTo(HEADER + "g\nc\nd\n");
        assertThat(files.text(MergeLog.NAME)).isEqualTo("""
                # The part files whose rows devices.csv holds, in their order, and its size in bytes after each.
                # Delete this file, and devices.csv is made anew from all part files that are here.
                94 part-20260102T030404.000Z-1000-0-6-6.csv
                98 part-20260102T030402.000Z-1000-0-2-3.csv
                """);
    }

    @Test
    void aMergedFileThatWasCutOrALogThatWasScribbledOnIsMadeAnew() throws IOException {
        Stream stream = new Stream(files, 1).rows(10);
        finish(stream, files);
        files.truncate(Merger.MERGED, 100);
        stream.merge();
        assertThat(files.text(Merger.MERGED)).isEqualTo(stream.expected());

        files.put(MergeLog.NAME, "scribble\n");
        files.put(Merger.MERGED, "scribble\n");
        stream.merge();
        assertThat(files.text(Merger.MERGED)).isEqualTo(stream.expected());
    }

    @Test
    void whatIsOlderThanTheRetentionGoesFromPartsAndMergedFile() throws IOException {
        new PartWriter(files).write(List.of(row(0, 0, 0, "a"), row(0, 1, 1, "b")));
        new PartWriter(files).write(List.of(row(0, 2, 10, "c")));
        merger(files, START).run();
        assertThat(files.text(Merger.MERGED)).isEqualTo(HEADER + "a\nb\nc\n");

        merger(files, START.plus(KEPT).plusSeconds(5)).run();

        assertThat(files.text(Merger.MERGED)).isEqualTo(HEADER + "c\n");
        assertThat(files.names())
                .containsExactly(Merger.MERGED, MergeLog.NAME, "part-20260102T030415.000Z-1000-0-2-2.csv");
    }

    @Test
    void mergedPartsAreJoinedAndCompressed() throws IOException {
        Merger merger = merger(files, START);
        PartWriter writer = new PartWriter(files);
        for (int i = 0; i < 6; i++) {
            writer.write(List.of(row(0, i, i, "r" + i)));
        }
        merger.run();
        merger.run();

        assertThat(files.names())
                .containsExactly(
                        Merger.MERGED,
                        MergeLog.NAME,
                        "part-20260102T030407.000Z-1000-0-0-2.csv.gz",
                        "part-20260102T030408.000Z-1000-0-3-3.csv",
                        "part-20260102T030409.000Z-1000-0-4-4.csv",
                        "part-20260102T030410.000Z-1000-0-5-5.csv");
        assertThat(files.text(MergeLog.NAME).lines().skip(2))
                .containsExactly(
                        "101 part-20260102T030407.000Z-1000-0-0-2.csv.gz",
                        "104 part-20260102T030408.000Z-1000-0-3-3.csv",
                        "107 part-20260102T030409.000Z-1000-0-4-4.csv",
                        "110 part-20260102T030410.000Z-1000-0-5-5.csv");
    }

    @Test
    void aFullDiskIsSaidAndTheRowsAreWrittenLater() throws IOException {
        PartWriter writer = new PartWriter(files);
        files.fillAt(step -> true);
        assertThatThrownBy(() -> writer.write(List.of(row(0, 0, 0, "a")))).hasMessage("No space left on device");
        files.fillAt(step -> false);

        assertThat(writer.write(List.of(row(0, 0, 0, "a"), row(0, 1, 0, "b")))).isEqualTo(2);
        assertThat(files.text("part-20260102T030405.000Z-1000-0-0-1.csv")).isEqualTo(HEADER + "a\nb\n");
    }

    @Test
    void theDiskHoldsWhatMemoryHolds() throws IOException {
        ExportFiles disk = new DiskFiles(folder.resolve("not there yet"));
        Merger onDisk = merger(disk, START);
        Merger inMemory = merger(files, START);
        for (int i = 0; i < 12; i++) {
            List<Row> rows = List.of(row(0, 2L * i, i, "a" + i), row(0, 2L * i + 1, i, "b" + i));
            new PartWriter(disk).write(rows);
            new PartWriter(files).write(rows);
            onDisk.run();
            inMemory.run();
        }
        disk.truncate(Merger.MERGED, 100);
        onDisk.run();
        inMemory.run();

        assertThat(disk.names()).isEqualTo(files.names());
        assertThat(Files.readString(folder.resolve("not there yet").resolve(Merger.MERGED)))
                .isEqualTo(files.text(Merger.MERGED));
        assertThat(Files.readString(folder.resolve("not there yet").resolve(MergeLog.NAME)))
                .isEqualTo(files.text(MergeLog.NAME));
    }

    private static Merger merger(ExportFiles files, Instant now) {
        return new Merger(files, LIMITS, KEPT, () -> now);
    }

    private static Row row(int partition, long number, int second, String line) {
        return new Row(
                new Count(1_000, partition),
                number,
                START.plusSeconds(second),
                (line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
