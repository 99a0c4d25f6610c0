package candlestack.local.console;

import static java.util.Objects.requireNonNull;

import candlestack.local.stack.Board;
import candlestack.local.stack.Condition;
import candlestack.local.stack.Phase;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Says in plain lines what becomes of the parts: each line is whole, for a terminal, a file or a pipe. */
public final class Progress implements Board.Watcher {
    private final PrintWriter out;
    private final Instant began;
    private final Map<String, String> addresses;
    private boolean stopping;

    /** @param addresses of the processes, empty where nobody connects; a part without one is a step */
    public Progress(PrintWriter out, Instant began, Map<String, String> addresses) {
        this.out = requireNonNull(out, "out is null");
        this.began = requireNonNull(began, "began is null");
        this.addresses = Map.copyOf(addresses);
    }

    /** From now on a process that ends is no news. */
    public synchronized void stopping() {
        stopping = true;
    }

    @Override
    public synchronized void changed(String name, Condition before, Condition now) {
        if (now.phase() == before.phase() && now.detail().equals(before.detail())) {
            return;
        }
        String said = said(name, before, now);
        if (!said.isEmpty()) {
            out.printf("%6.1f s  %-11s %s%n", seconds(now.since()), name, said);
            out.flush();
        }
    }

    private String said(String name, Condition before, Condition now) {
        return switch (now.phase()) {
            case READY -> addresses.containsKey(name) ? ready(name, now) : "done";
            case RESTARTING -> stopping ? "" : now.detail() + ", starting it again";
            case FAILED -> "failed: " + now.detail();
            case STOPPED -> before.phase() == Phase.WAITING ? "" : "stopped";
            case STARTING -> now.detail().isEmpty() ? "" : "trying again: " + now.detail();
            case WAITING -> "";
        };
    }

    private String ready(String name, Condition now) {
        String address = addresses.get(name);
        return "ready" + (now.restarts() > 0 ? " again" : "") + (address.isEmpty() ? "" : " at " + address);
    }

    private double seconds(Instant now) {
        return Duration.between(began, now).toMillis() / 1000.0;
    }
}
