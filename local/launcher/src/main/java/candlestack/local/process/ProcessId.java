package candlestack.local.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process and the moment it began: a pid alone may be somebody else's by the time it is read again.
 *
 * @param start to the precision of the operating system
 */
public record ProcessId(long pid, Instant start) {
    /** The JDK derives the moment from the machine's uptime, which may be corrected in between. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    public ProcessId {
        requireNonNull(start, "start is null");
    }

    /** Empty when the process has ended before it could be looked at. */
    public static Optional<ProcessId> of(ProcessHandle process) {
        return process.info().startInstant().map(start -> new ProcessId(process.pid(), start));
    }

    /** The process while it lives, and not another one that was given its number. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !defunct(process.pid()))
                .filter(process -> process.info().startInstant().map(this::near).orElse(false));
    }

    /** Dead, but not yet buried by its parent, which in a container may be nobody: Linux's state Z. */
    private static boolean defunct(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean near(Instant other) {
        return Duration.between(start, other).abs().compareTo(TOLERANCE) <= 0;
    }
}
