package candlestack.analytics.job;

import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system, files made with the permissions that the process's umask gives. Hadoop's own, where its native
 * library is missing, starts a {@code chmod} for every file: 45 ms of each log entry of each micro-batch.
 */
public final class UnforkedFileSystem extends LocalFileSystem {
    public UnforkedFileSystem() {
        super(new Raw());
    }

    private static final class Raw extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) {
            // See the class.
        }
    }
}
