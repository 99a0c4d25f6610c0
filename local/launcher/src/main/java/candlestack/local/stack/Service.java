package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.local.process.Command;
import candlestack.local.process.Port;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A child process that is kept running.
 *
 * @param ports those it listens on, checked before anything starts
 * @param address what a user connects to; empty for a process that nobody connects to
 * @param preparation run before each start of the process
 * @param readyLine recognises the line of its output that says it is ready
 */
public record Service(
        String name,
        Set<String> needs,
        Set<String> uses,
        List<Port> ports,
        String address,
        Preparation preparation,
        Predicate<String> readyLine,
        Urgency urgency)
        implements Component {
    public Service {
        requireNonNull(name, "name is null");
        needs = Set.copyOf(needs);
        uses = Set.copyOf(uses);
        ports = List.copyOf(ports);
        requireNonNull(address, "address is null");
        requireNonNull(preparation, "preparation is null");
        requireNonNull(readyLine, "readyLine is null");
        requireNonNull(urgency, "urgency is null");
    }

    /** One that the start waits for. */
    public Service(
            String name,
            Set<String> needs,
            Set<String> uses,
            List<Port> ports,
            String address,
            Preparation preparation,
            Predicate<String> readyLine) {
        this(name, needs, uses, ports, address, preparation, readyLine, Urgency.AWAITED);
    }

    /** What a start needs first, and the command that starts it. */
    @FunctionalInterface
    public interface Preparation {
        Command prepare() throws IOException, InterruptedException;
    }
}
