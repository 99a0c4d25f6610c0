package candlestack.analytics.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Keeps the job from continuing a checkpoint that it would misread. Beside each stream's checkpoint lies a file with
 * the version of the state in it.
 */
final class CheckpointGuard {
    private final Path root;
    private final Configuration configuration;

    /** @param root folder or URL of all checkpoints */
    CheckpointGuard(String root, Configuration configuration) {
        this.root = new Path(root);
        this.configuration = configuration;
    }

    String location(StreamDefinition stream) {
        return new Path(root, stream.name()).toString();
    }

    /** @throws IncompatibleCheckpointException with the way on, if the stream's checkpoint is of another version */
    void admit(StreamDefinition stream) {
        Path checkpoint = new Path(root, stream.name());
        Path versionFile = new Path(root, stream.name() + ".version");
        String wanted = Integer.toString(stream.stateVersion());
        try {
            FileSystem files = plain(root.getFileSystem(configuration));
            String found = files.exists(checkpoint) ? read(files, versionFile) : "";
            if (found.isEmpty()) {
                write(files, versionFile, wanted);
            } else if (!found.equals(wanted)) {
                throw new IncompatibleCheckpointException("Cannot continue stream '" + stream.name() + "' from "
                        + checkpoint + ": its state is of version "
                        + found + ", this release works with version " + wanted
                        + ". Delete that folder and start again: the stream is then computed anew from what"
                        + " Kafka holds, and the stores take the rows over the old ones.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + versionFile, e);
        }
    }

    /** Without the hidden checksums that Hadoop puts beside local files: a person may have reason to edit this one. */
    private static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    private static String read(FileSystem files, Path file) throws IOException {
        try (FSDataInputStream input = files.open(file)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (FileNotFoundException e) {
            return "unknown";
        }
    }

    private static void write(FileSystem files, Path file, String version) throws IOException {
        try (FSDataOutputStream output = files.create(file, true)) {
            output.write((version + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
