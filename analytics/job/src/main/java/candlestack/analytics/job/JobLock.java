package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job a home: two would write into the same checkpoints. A lock of the operating system on {@code
 * run/analytics.lock}, which ends with its process however that ends.
 */
final class JobLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobLock.class);
    private static final long LOOK_MILLIS = 200;

    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = requireNonNull(channel, "channel is null");
    }

    /**
     * Waits for a job that is about to end.
     *
     * @throws HomeInUseException if it does not end in that time
     * @throws IOException if the home cannot be written, or knows no locks
     */
    static JobLock acquire(Path home, Duration patience) throws IOException, InterruptedException {
        Path file = makeFolder(home).resolve("analytics.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long end = System.nanoTime() + patience.toNanos();
            for (boolean first = true; !locked(channel); first = false) {
                if (System.nanoTime() >= end) {
                    throw new HomeInUseException(home);
                }
                if (first) {
                    LOG.info("Waiting at most {} s for another job to end that holds {}", patience.toSeconds(), file);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            return new JobLock(channel);
        } catch (IOException | InterruptedException | HomeInUseException e) {
            channel.close();
            throw e;
        }
    }

    /** Makes the folder of the lock where there is none. */
    static Path makeFolder(Path home) throws IOException {
        return Files.createDirectories(home.resolve("run"));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process, as in tests.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
