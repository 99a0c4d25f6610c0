package candlestack.local.stack;

import java.util.Set;

/** A part of the running stack. Parts start as soon as what they need is ready, and stop before it. */
public sealed interface Component permits Service, Step {
    /** Short, lower case, unique: also the name of the log and of the pid file. */
    String name();

    /** Names of the parts that must be ready first; a name that is not part of this run is somebody else's service. */
    Set<String> needs();

    /** Names of the parts that may stop only after this one: what it needs, and what it waits for by itself. */
    Set<String> uses();

    /** Whether the start waits for it. */
    Urgency urgency();
}
