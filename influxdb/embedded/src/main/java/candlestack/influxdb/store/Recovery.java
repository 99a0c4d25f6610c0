package candlestack.influxdb.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Brings a folder's points back into memory: the columns, the last snapshot, then the log. */
final class Recovery {
    private final Path directory;
    private final Map<Long, BucketStore> buckets;
    private Registry registry;
    private SegmentedJournal journal;

    Recovery(Path directory, Map<Long, BucketStore> buckets) {
        this.directory = directory;
        this.buckets = buckets;
    }

    void run() throws IOException {
        Files.createDirectories(Snapshots.partitions(directory));
        Manifest manifest = Manifest.read(directory);
        registry = Registry.open(directory, buckets);
        for (Manifest.Entry entry : manifest.partitions()) {
            BucketStore bucket = buckets.get(Long.parseUnsignedLong(entry.bucket(), 16));
            if (bucket != null) {
                load(bucket, entry);
            }
        }
        Changes changes = new Changes(registry);
        journal = SegmentedJournal.open(Snapshots.journal(directory), manifest.firstLog(), changes::replay);
        buckets.values().forEach(BucketStore::forgetEmptyColumns);
        if (registry.isMostlyDead() && journal.bytes() == 0) {
            registry = registry.compacted(directory, buckets);
        }
    }

    Registry registry() {
        return registry;
    }

    SegmentedJournal journal() {
        return journal;
    }

    private void load(BucketStore bucket, Manifest.Entry entry) throws IOException {
        Partition partition = bucket.partition(entry.start());
        if (partition.start() != entry.start()) {
            throw new CorruptStoreException("Cannot open the store: the partitions of bucket " + entry.bucket()
                    + " do not have the length that the bucket was made with");
        }
        for (String file : entry.files()) {
            for (PartitionFile.Entry saved :
                    PartitionFile.read(Snapshots.partitions(directory).resolve(file))) {
                Column column = registry.column(saved.column());
                if (column != null) {
                    column.chunk(partition).install(saved.blocks());
                }
            }
        }
        partition.files(entry.files());
    }
}
