package candlestack.influxdb.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the last snapshot consists of; replaced as a whole.
 *
 * @param version of the folder's format
 * @param firstLog the number of the first log file whose changes the partition files do not have
 * @param partitions the partitions with their files
 */
record Manifest(int version, long firstLog, List<Entry> partitions) {
    private static final int VERSION = 1;
    private static final String NAME = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * @param bucket 16 hexadecimal digits
     * @param start the partition's first nanosecond
     */
    record Entry(String bucket, long start, List<String> files) {}

    Manifest(long firstLog, List<Entry> partitions) {
        this(VERSION, firstLog, partitions);
    }

    static Manifest read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return new Manifest(1, List.of());
        }
        try {
            Manifest manifest = JSON.readValue(file.toFile(), Manifest.class);
            if (manifest.version() != VERSION) {
                throw new CorruptStoreException("Cannot open the store: " + file + " has the format version "
                        + manifest.version() + ", this program reads " + VERSION);
            }
            return manifest;
        } catch (JsonProcessingException e) {
            throw new CorruptStoreException("Cannot open the store: " + file + " is damaged", e);
        }
    }

    void write(Path directory) throws IOException {
        DurableFiles.replace(directory.resolve(NAME), JSON.writeValueAsBytes(this));
    }
}
