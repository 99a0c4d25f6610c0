package candlestack.influxdb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.flux.storage.ColumnType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
    private static final List<String> TAGS = List.of("symbol", "A");
    private static final Map<String, String> SERIES =
            new TreeMap<>(Map.of("_measurement", "m", "_field", "f", "symbol", "A"));
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    @Test
    void aTornTailIsCutAndTheRestStays() throws IOException {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            put(store, 2, 2);
        }
        Path log = only("journal");
        for (long length = Files.size(log) - 1; length > Files.size(log) - 12; length--) {
            truncate(log, length);
            try (StoreFixture store = fixture(Duration.ZERO)) {
                assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(1L, 1.0)));
                put(store, 2, 2);
                assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(1L, 1.0, 2L, 2.0)));
            }
        }
    }

    @Test
    void aTailOfGarbageIsCut() throws IOException {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
        }
        Files.write(
                only("journal"),
                new byte[] {9, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13},
                StandardOpenOption.APPEND);

        try (StoreFixture store = fixture(Duration.ZERO)) {
            assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(1L, 1.0)));
        }
    }

    @Test
    void damageInTheMiddleOfTheLogIsAnErrorThatNamesTheFile() throws IOException {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
        }
        Path first = only("journal");
        Path second = first.resolveSibling("0000000002.log");
        Files.copy(first, second);
        flip(first, Files.size(first) - 1);

        assertThatThrownBy(() -> fixture(Duration.ZERO))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("0000000001.log is damaged at byte 0");
    }

    @Test
    void aDamagedBlockIsAnErrorAndNotAnAnswer() throws IOException {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            store.store().snapshot();
        }
        flip(only("partitions"), 3);

        try (StoreFixture store = fixture(Duration.ZERO)) {
            assertThatThrownBy(() -> store.read(0, 10)).isInstanceOf(CorruptStoreException.class);
        }
    }

    @Test
    void aDamagedIndexOfAPartitionFileIsAnErrorThatNamesTheFile() throws IOException {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            store.store().snapshot();
        }
        Path file = only("partitions");
        flip(file, Files.size(file) - 30);

        assertThatThrownBy(() -> fixture(Duration.ZERO))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining(file.getFileName().toString());
    }

    @Test
    void aSnapshotLetsTheLogBeginAnew() throws IOException {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            store.store().snapshot();
            assertThat(store.store().unsavedLogBytes()).isZero();
            put(store, 2, 2);
        }

        try (StoreFixture store = fixture(Duration.ZERO)) {
            assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(1L, 1.0, 2L, 2.0)));
        }
    }

    @Test
    void filesThatNoSnapshotNamesAreDeleted() throws IOException {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            store.store().snapshot();
        }
        Path stray = directory.resolve("partitions").resolve("0000000000000007-0-99.part");
        Files.writeString(stray, "left by a crash");

        fixture(Duration.ZERO).close();

        assertThat(stray).doesNotExist();
    }

    @Test
    void retentionDropsWholePartitionsAndTheirFiles() throws IOException {
        long now = Nanos.of(StoreFixture.NOW);
        long old = now - Duration.ofDays(9).toNanos();
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, old, 1);
            put(store, now, 2);
            store.store().snapshot();
            assertThat(files("partitions")).hasSize(2);
        }

        try (StoreFixture store = fixture(Duration.ofDays(7))) {
            assertThat(store.read(0, Long.MAX_VALUE)).isEqualTo(Map.of(SERIES, Map.of(now, 2.0)));
            assertThat(files("partitions")).hasSize(1);
        }
    }

    @Test
    void pointsBeyondRetentionAreDroppedAndCounted() {
        try (StoreFixture store = fixture(Duration.ofDays(7))) {
            WriteResult result = store.put("m", TAGS, "f", 0, 1);

            assertThat(result)
                    .isEqualTo(new WriteResult(
                            1,
                            "dropped 1 points outside retention policy of duration 168h0m0s - oldest"
                                    + " 1970-01-01T00:00:00Z, newest 1970-01-01T00:00:00Z"));
            assertThat(store.read(Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty();
        }
    }

    @Test
    void aFieldOfAnotherTypeIsRefusedWithItsWholePoint() {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            PointBatch batch = new PointBatch();
            batch.beginPoint(new SeriesName("m", List.of("symbol", "B")), null);
            batch.addField("g", ColumnType.FLOAT, 0, null);
            batch.addField("f", ColumnType.INTEGER, 5, null);
            batch.endPoint(2);
            batch.beginPoint(new SeriesName("m", TAGS), null);
            batch.addField("f", ColumnType.FLOAT, Double.doubleToRawLongBits(3), null);
            batch.endPoint(3);

            WriteResult result = store.store().write(store.bucket(), batch);

            assertThat(result)
                    .isEqualTo(new WriteResult(
                            1,
                            "field type conflict: input field \"f\" on measurement \"m\" is type integer,"
                                    + " already exists as type float"));
            assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(1L, 1.0, 3L, 3.0)));
        }
    }

    @Test
    void aMeasurementThatWasDeletedMayComeBackWithOtherTypes() {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            store.store().delete(store.bucket(), 0, 10, DeleteCondition.ALL);
            assertThat(store.put("m", TAGS, "f", ColumnType.INTEGER, 2, 5, null))
                    .isEqualTo(WriteResult.ALL);

            store.reopen();
            assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(2L, 5L)));
            store.store().snapshot();
            store.reopen();
            assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(2L, 5L)));
        }
    }

    @Test
    void anUnequalTagInADeleteSparesTheSeriesThatHaveIt() {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            store.put("m", List.of("symbol", "B"), "f", 1, 2);
            store.put("m", List.of(), "f", 1, 3);

            store.store()
                    .delete(store.bucket(), 0, 10, new DeleteCondition(Map.of(), List.of(Map.entry("symbol", "A"))));

            assertThat(store.read(0, 10)).isEqualTo(Map.of(SERIES, Map.of(1L, 1.0)));
        }
    }

    @Test
    void tooManySeriesAreRefusedBeforeTheyTakeMemory() {
        BucketSpec spec = new BucketSpec(1, DAY, Duration.ZERO);
        try (Store store = Store.open(directory, StoreFixture.options(3), List.of(spec))) {
            PointBatch batch = new PointBatch();
            for (int i = 0; i < 5; i++) {
                batch.beginPoint(new SeriesName("m", List.of("id", "" + i)), null);
                batch.addField("f", ColumnType.FLOAT, 0, null);
                batch.endPoint(1);
            }

            WriteResult result = store.write(store.bucket(1).orElseThrow(), batch);

            assertThat(result.dropped()).isEqualTo(2);
            assertThat(result.reason()).startsWith("too many series: the heap has no room for the field \"f\"");
        }
    }

    @Test
    void aDroppedBucketTakesItsPointsAlong() {
        BucketSpec first = new BucketSpec(StoreFixture.BUCKET, DAY, Duration.ZERO);
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            store.store().snapshot();
            BucketStore held = store.bucket();
            store.store().dropBucket(StoreFixture.BUCKET);
            assertThatThrownBy(() -> store.store().write(held, new PointBatch()))
                    .isInstanceOf(StoreBusyException.class)
                    .hasMessage("the bucket has been deleted");
        }
        Store.open(directory, StoreFixture.options(10), List.of()).close();
        assertThat(files("partitions")).isEmpty();
        try (Store store = Store.open(directory, StoreFixture.options(10), List.of(first))) {
            assertThat(store.bucket(StoreFixture.BUCKET).orElseThrow().allColumns())
                    .isEmpty();
        }
    }

    @Test
    void oneFolderIsOneProcess() {
        try (StoreFixture store = fixture(Duration.ZERO)) {
            put(store, 1, 1);
            assertThatThrownBy(() -> fixture(Duration.ZERO))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageEndingWith("this process uses it already");
        }
    }

    private StoreFixture fixture(Duration retention) {
        return new StoreFixture(directory, DAY, retention);
    }

    private static void put(StoreFixture store, long time, double value) {
        assertThat(store.put("m", TAGS, "f", time, value)).isEqualTo(WriteResult.ALL);
    }

    private List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path only(String folder) {
        assertThat(files(folder)).hasSize(1);
        return files(folder).get(0);
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    private static void flip(Path file, long position) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(position);
            int before = open.read();
            open.seek(position);
            open.write(before ^ 0x40);
        }
    }
}
