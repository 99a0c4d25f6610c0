package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** Work done once a start, such as making the topics. Doing it again changes nothing. */
public record Step(String name, Set<String> needs, Work work) implements Component {
    public Step {
        requireNonNull(name, "name is null");
        needs = Set.copyOf(needs);
        requireNonNull(work, "work is null");
    }

    @Override
    public Set<String> uses() {
        return needs;
    }

    /** May throw anything: it is not tried again, and the start fails with its message. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }
}
