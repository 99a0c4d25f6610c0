package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * Work done once a start, such as making the topics. Doing it again changes nothing.
 *
 * @param urgency one in the background is tried until it succeeds
 */
public record Step(String name, Set<String> needs, Work work, Urgency urgency) implements Component {
    public Step {
        requireNonNull(name, "name is null");
        needs = Set.copyOf(needs);
        requireNonNull(work, "work is null");
        requireNonNull(urgency, "urgency is null");
    }

    /** One that the start waits for. */
    public Step(String name, Set<String> needs, Work work) {
        this(name, needs, work, Urgency.AWAITED);
    }

    @Override
    public Set<String> uses() {
        return needs;
    }

    /** May throw anything: the start fails with its message, or, in the background, it is tried again. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }
}
