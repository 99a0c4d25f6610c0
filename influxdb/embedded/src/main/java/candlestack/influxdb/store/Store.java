package candlestack.influxdb.store;

import static java.util.Objects.requireNonNull;

import candlestack.influxdb.codec.ByteSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time series in a folder. A change is in the log, handed to the operating system, before it is seen or acknowledged;
 * killing the process at any moment loses nothing that was acknowledged.
 *
 * <p>Thread-safe: one writer at a time, any number of readers beside it.
 */
public final class Store implements AutoCloseable {
    private static final int LARGE_RECORD = 4 << 20;

    private final StoreOptions options;
    private final FileChannel folderLock;
    private final ReentrantLock lock;
    private final Map<Long, BucketStore> buckets;
    private final Registry registry;
    private final SegmentedJournal journal;
    private final Snapshots snapshots;
    private final Housekeeping housekeeping;
    private final ByteSink record = new ByteSink(1 << 16);
    private volatile String failure = "";

    private Store(
            StoreOptions options,
            FileChannel folderLock,
            Map<Long, BucketStore> buckets,
            Registry registry,
            SegmentedJournal journal,
            Snapshots snapshots,
            ReentrantLock lock) {
        this.options = options;
        this.folderLock = folderLock;
        this.lock = lock;
        this.buckets = buckets;
        this.registry = registry;
        this.journal = journal;
        this.snapshots = snapshots;
        this.housekeeping = new Housekeeping(this, options);
    }

    /**
     * Opens or makes the store in a folder, with the points of the given buckets; what is there of other buckets is
     * forgotten.
     *
     * @throws CorruptStoreException if a file is damaged in a way that a crash does not explain
     * @throws UncheckedIOException if the folder cannot be used, or is in use by another process
     */
    public static Store open(Path directory, StoreOptions options, Collection<BucketSpec> specs) {
        requireNonNull(options, "options is null");
        try {
            Files.createDirectories(directory);
            FileChannel folderLock = lockFolder(directory);
            try {
                return open(directory, options, specs, folderLock);
            } catch (IOException | RuntimeException e) {
                folderLock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Store open(
            Path directory, StoreOptions options, Collection<BucketSpec> specs, FileChannel folderLock)
            throws IOException {
        Map<Long, BucketStore> buckets = new ConcurrentHashMap<>();
        specs.forEach(spec -> buckets.put(spec.id(), new BucketStore(spec)));
        Recovery recovery = new Recovery(directory, buckets);
        recovery.run();
        ReentrantLock lock = new ReentrantLock();
        Snapshots snapshots = new Snapshots(directory, buckets, recovery.journal(), lock);
        Store store = new Store(options, folderLock, buckets, recovery.registry(), recovery.journal(), snapshots, lock);
        store.enforceRetention();
        snapshots.forgetRemovedPartitions();
        store.housekeeping.start();
        return store;
    }

    public Optional<BucketStore> bucket(long id) {
        return Optional.ofNullable(buckets.get(id));
    }

    public BucketStore createBucket(BucketSpec spec) {
        return buckets.computeIfAbsent(spec.id(), ignored -> new BucketStore(spec));
    }

    /** Forgets a bucket and its points; the caller has made sure that {@link #open} will not name it again. */
    public void dropBucket(long id) {
        lock.lock();
        try {
            BucketStore bucket = buckets.remove(id);
            if (bucket != null) {
                bucket.drop();
                bucket.allColumns().forEach(Column::drop);
            }
        } finally {
            lock.unlock();
        }
    }

    public void changeRetention(long id, Duration retention) {
        bucket(id).ifPresent(bucket -> bucket.retention(retention));
    }

    /**
     * Writes a batch; when this returns, the points that were taken are safe as the sync policy says, and visible.
     *
     * @throws StoreBusyException if nothing was written and the caller may try again
     */
    public WriteResult write(BucketStore bucket, PointBatch batch) {
        WriteResult result;
        lock.lock();
        try {
            checkWritable(bucket);
            Admission admission = new Admission(
                    registry,
                    bucket,
                    options.mostColumns() - columnCount(),
                    options.clock().instant());
            result = admit(admission, batch);
            if (batch.points() > 0) {
                Changes.encodeWrite(batch, record);
                append();
                Changes.apply(bucket, batch);
            }
        } finally {
            lock.unlock();
        }
        acknowledge();
        return result;
    }

    /** Deletes the points in [start, stop] of the columns that the condition selects. */
    public void delete(BucketStore bucket, long start, long stop, DeleteCondition condition) {
        lock.lock();
        try {
            checkWritable(bucket);
            List<Column> columns = condition.select(bucket);
            if (columns.isEmpty()) {
                return;
            }
            Changes.encodeDelete(columns, start, stop, record);
            append();
            Changes.applyDelete(columns, start, stop);
            bucket.forgetEmptyColumns();
        } finally {
            lock.unlock();
        }
        acknowledge();
    }

    /** Writes all points to partition files and starts the log anew; returns when that is done. */
    public void snapshot() {
        snapshots.take();
    }

    /** Drops the partitions whose last moment is beyond their bucket's retention. */
    void enforceRetention() {
        boolean removed = false;
        lock.lock();
        try {
            for (BucketStore bucket : buckets.values()) {
                removed |= bucket.dropExpired(options.clock().instant());
            }
        } finally {
            lock.unlock();
        }
        if (removed) {
            snapshots.forgetRemovedPartitions();
        }
    }

    void sync() {
        try {
            registry.sync();
            journal.sync();
        } catch (IOException e) {
            fail("Cannot force the log to the disk", e);
        }
    }

    void snapshotIfDue() {
        long due = Math.min(options.snapshotBytes() * 2, Math.max(options.snapshotBytes(), snapshots.savedBytes() / 4));
        if (journal.bytes() >= due) {
            snapshots.take();
        }
    }

    /** Bytes that the compressed points take on disk as of the last snapshot. */
    public long savedBytes() {
        return snapshots.savedBytes();
    }

    public long unsavedLogBytes() {
        return journal.bytes();
    }

    /** Stops the background work and forces the log to the disk. */
    @Override
    public void close() {
        housekeeping.close();
        lock.lock();
        try {
            fail("the store is closed");
            registry.close();
            journal.close();
            folderLock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the store: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private WriteResult admit(Admission admission, PointBatch batch) {
        try {
            return admission.admit(batch);
        } catch (IOException e) {
            throw fail("Cannot write: the file of columns cannot be appended to", e);
        }
    }

    private void append() {
        try {
            journal.append(record);
        } catch (IOException e) {
            throw new StoreBusyException("Cannot write: the log cannot be appended to: " + e.getMessage(), e);
        } finally {
            record.shrinkTo(LARGE_RECORD);
        }
    }

    private void acknowledge() {
        if (options.sync().beforeAcknowledging()) {
            sync();
            if (!failure.isEmpty()) {
                throw new StoreBusyException(failure);
            }
        }
    }

    private void checkWritable(BucketStore bucket) {
        if (!failure.isEmpty()) {
            throw new StoreBusyException(failure);
        }
        if (bucket.isDropped()) {
            throw new StoreBusyException("the bucket has been deleted");
        }
        if (journal.bytes() > options.mostUnsavedBytes()) {
            throw new StoreBusyException("writes come faster than they can be saved");
        }
    }

    private int columnCount() {
        int count = 0;
        for (BucketStore bucket : buckets.values()) {
            count += bucket.columnCount();
        }
        return count;
    }

    private StoreBusyException fail(String message, IOException cause) {
        fail(message + ": " + cause.getMessage() + "; restart the store when the cause is gone");
        return new StoreBusyException(failure, cause);
    }

    private void fail(String message) {
        failure = message;
    }

    private static FileChannel lockFolder(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("another process uses it");
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process uses it already", e);
        }
    }
}
