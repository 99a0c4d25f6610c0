package candlestack.influxdb.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Writes the partitions that have changed to files and lets the log begin anew. Holds the store's lock only to take note
 * of what is to be written and to put the files' blocks in place of those in memory. One snapshot at a time.
 */
final class Snapshots {
    private static final String SUFFIX = ".part";

    private final Path directory;
    private final Map<Long, BucketStore> buckets;
    private final SegmentedJournal journal;
    private final ReentrantLock storeLock;
    private final AtomicLong nextFile = new AtomicLong();
    private volatile long savedBytes;

    Snapshots(Path directory, Map<Long, BucketStore> buckets, SegmentedJournal journal, ReentrantLock storeLock) {
        this.directory = directory;
        this.buckets = buckets;
        this.journal = journal;
        this.storeLock = storeLock;
        this.nextFile.set(names().stream().mapToLong(Snapshots::number).max().orElse(0) + 1);
    }

    /** A chunk's blocks as they were when the snapshot began, and as the files hold them. */
    private static final class Saved {
        private final Chunk chunk;
        private final Block[] blocks;
        private final Block[] mapped;

        Saved(Chunk chunk, Block[] blocks, Block[] mapped) {
            this.chunk = chunk;
            this.blocks = blocks;
            this.mapped = mapped;
        }

        void install() {
            chunk.replace(blocks, mapped);
        }
    }

    /** A partition as it was when the snapshot began. */
    private record Captured(
            BucketStore bucket, Partition partition, List<Partition.Member> members, List<Block[]> blocks) {}

    static Path partitions(Path directory) {
        return directory.resolve("partitions");
    }

    static Path journal(Path directory) {
        return directory.resolve("journal");
    }

    synchronized void take() {
        List<Captured> captured = new ArrayList<>();
        try {
            long firstLog = capture(captured);
            List<Saved> saved = new ArrayList<>();
            for (Captured partition : captured) {
                write(partition, saved);
            }
            DurableFiles.syncDirectory(partitions(directory));
            manifest(firstLog).write(directory);
            install(saved);
            deleteUnused();
            journal.deleteBefore(firstLog);
        } catch (IOException e) {
            captured.forEach(partition -> markDirty(partition.partition()));
            throw new UncheckedIOException("Cannot take a snapshot: " + e.getMessage(), e);
        }
    }

    /** Writes down that partitions are gone and deletes their files. */
    synchronized void forgetRemovedPartitions() {
        try {
            manifest(Manifest.read(directory).firstLog()).write(directory);
            deleteUnused();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot drop old partitions: " + e.getMessage(), e);
        }
    }

    /** Deletes the files that no partition refers to. */
    synchronized void deleteUnused() {
        Set<String> used = new HashSet<>();
        storeLock.lock();
        try {
            eachPartition((bucket, partition) -> used.addAll(partition.files()));
        } finally {
            storeLock.unlock();
        }
        long bytes = 0;
        try {
            for (String name : names()) {
                Path file = partitions(directory).resolve(name);
                if (used.contains(name)) {
                    bytes += Files.size(file);
                } else {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete old partition files: " + e.getMessage(), e);
        }
        savedBytes = bytes;
    }

    long savedBytes() {
        return savedBytes;
    }

    private long capture(List<Captured> captured) throws IOException {
        storeLock.lock();
        try {
            long firstLog = journal.rotate();
            eachPartition((bucket, partition) -> {
                if (partition.isDirty()) {
                    captured.add(capture(bucket, partition));
                    partition.markClean();
                }
            });
            return firstLog;
        } finally {
            storeLock.unlock();
        }
    }

    private static Captured capture(BucketStore bucket, Partition partition) {
        partition.members().forEach(member -> member.chunk().seal());
        partition.removeEmptyMembers();
        List<Partition.Member> members = List.copyOf(partition.members());
        List<Block[]> blocks = members.stream()
                .map(member -> member.chunk().contents().blocks())
                .toList();
        return new Captured(bucket, partition, members, blocks);
    }

    private void write(Captured captured, List<Saved> saved) throws IOException {
        List<String> files = new ArrayList<>();
        int from = 0;
        while (from < captured.members().size()) {
            List<PartitionFile.Entry> entries = new ArrayList<>();
            long bytes = 0;
            int to = from;
            while (to < captured.members().size() && (to == from || bytes < PartitionFile.LARGEST)) {
                Column column = captured.members().get(to).column();
                Block[] blocks = Blocks.coalesce(captured.blocks().get(to), column.type());
                entries.add(new PartitionFile.Entry(column.id(), blocks));
                for (Block block : blocks) {
                    bytes += block.length();
                }
                to++;
            }
            String name = String.format(
                    "%016x-%d-%d%s",
                    captured.bucket().id(), captured.partition().start(), nextFile.getAndIncrement(), SUFFIX);
            List<PartitionFile.Entry> mapped =
                    PartitionFile.write(partitions(directory).resolve(name), entries);
            for (int i = from; i < to; i++) {
                saved.add(new Saved(
                        captured.members().get(i).chunk(),
                        captured.blocks().get(i),
                        mapped.get(i - from).blocks()));
            }
            files.add(name);
            from = to;
        }
        storeLock.lock();
        try {
            captured.partition().files(files);
        } finally {
            storeLock.unlock();
        }
    }

    private void install(List<Saved> saved) {
        storeLock.lock();
        try {
            saved.forEach(Saved::install);
        } finally {
            storeLock.unlock();
        }
    }

    private Manifest manifest(long firstLog) {
        List<Manifest.Entry> entries = new ArrayList<>();
        storeLock.lock();
        try {
            eachPartition((bucket, partition) -> {
                if (!partition.files().isEmpty()) {
                    String id = String.format("%016x", bucket.id());
                    entries.add(new Manifest.Entry(id, partition.start(), partition.files()));
                }
            });
        } finally {
            storeLock.unlock();
        }
        return new Manifest(firstLog, entries);
    }

    private void markDirty(Partition partition) {
        storeLock.lock();
        try {
            partition.markDirty();
        } finally {
            storeLock.unlock();
        }
    }

    /** Takes a partition of a bucket. */
    private interface PartitionVisitor {
        void visit(BucketStore bucket, Partition partition);
    }

    private void eachPartition(PartitionVisitor visitor) {
        buckets.values().forEach(bucket -> bucket.partitions().forEach(partition -> visitor.visit(bucket, partition)));
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(partitions(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the partition files: " + e.getMessage(), e);
        }
    }

    private static long number(String name) {
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1, name.length() - SUFFIX.length()));
    }
}
