package candlestack.local.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A port that the stack is about to listen on.
 *
 * @param key the setting that changes it
 */
public record Port(int number, String key) {
    public Port {
        requireNonNull(key, "key is null");
    }

    /** Whether a server could listen there now, on the loopback interface. */
    public boolean free() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Why it cannot be used, by whom, and the way out. */
    public String taken() {
        String holder = PortHolder.find(number)
                .map(process -> "is held by process " + process)
                .orElse("is held by another process");
        return "port " + number + " (" + key + ") " + holder + "; stop it, or choose another: --set " + key + "="
                + suggestion();
    }

    private int suggestion() {
        for (int candidate = number + 1; candidate <= Math.min(number + 100, 65_535); candidate++) {
            if (new Port(candidate, key).free()) {
                return candidate;
            }
        }
        return number + 10_000 <= 65_535 ? number + 10_000 : number - 10_000;
    }
}
