package candlestack.local.postgres;

import candlestack.local.LauncherException;
import candlestack.local.process.Programs;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Whom the server runs as. PostgreSQL refuses to run as root, so root's server runs in a user namespace of its own,
 * where it is nobody but still owns its files; where that is forbidden it really becomes nobody.
 *
 * @param prefix the words before each of the server's commands
 * @param uid who has to own the data
 */
record ServerUser(List<String> prefix, int uid) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> BECOME_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    ServerUser {
        prefix = List.copyOf(prefix);
    }

    /** @throws LauncherException when this process is root and the machine lets it be nobody else */
    static ServerUser find() throws IOException, InterruptedException {
        int uid = (int) new UnixSystem().getUid();
        if (uid != ROOT) {
            return new ServerUser(List.of(), uid);
        }
        if (works(NAMESPACE)) {
            return new ServerUser(NAMESPACE, ROOT);
        }
        if (works(BECOME_NOBODY)) {
            return new ServerUser(BECOME_NOBODY, NOBODY);
        }
        throw LauncherException.failed(
                "Cannot start PostgreSQL as root: it refuses to be root, and neither 'unshare -U'"
                        + " nor 'setpriv' works here; run ./candlestack as a plain user, or set postgres.url");
    }

    List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(words);
        return command;
    }

    /** Hands over what another kind of start left, such as a folder made as nobody. Only root can need it. */
    void own(Path tree) throws IOException {
        if (owner(tree) == uid) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean works(List<String> prefix) throws IOException, InterruptedException {
        if (Programs.find(prefix.get(0)).isEmpty()) {
            return false;
        }
        List<String> words = new ArrayList<>(prefix);
        words.add("true");
        Process probe = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!probe.waitFor(5, TimeUnit.SECONDS)) {
            probe.destroyForcibly();
            return false;
        }
        return probe.exitValue() == 0;
    }
}
