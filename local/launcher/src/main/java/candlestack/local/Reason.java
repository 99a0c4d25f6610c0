package candlestack.local;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The cause of a failure, in words: Java's file exceptions say little more than the path. */
public final class Reason {
    private Reason() {}

    public static String of(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return failure.getMessage() + ": " + of(unchecked.getCause());
        }
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied for '" + denied.getFile() + "'";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "no such file '" + missing.getFile() + "'";
        }
        if (failure instanceof FileSystemException other && other.getReason() == null) {
            return other.getClass().getSimpleName() + " for '" + other.getFile() + "'";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
