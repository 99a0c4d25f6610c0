package candlestack.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code target/running/PID} in the checkout keeps {@code ./candlestack} from building under a running stack. */
final class CheckoutInUse {
    private CheckoutInUse() {}

    /** The mark, to be deleted at the end; empty where this user cannot write, and so cannot build either. */
    static Optional<Path> mark(Path root) {
        try {
            Path folder = Files.createDirectories(root.resolve("target/running"));
            return Optional.of(Files.writeString(
                    folder.resolve(String.valueOf(ProcessHandle.current().pid())), ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
