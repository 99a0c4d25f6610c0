package candlestack.viewer.stub;

import java.util.ArrayList;
import java.util.List;

/** The texts of all queries, in order. Thread-safe. */
public final class StubLog {
    private final List<String> texts = new ArrayList<>();

    synchronized void add(String text) {
        texts.add(text);
    }

    public synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    public synchronized void clear() {
        texts.clear();
    }
}
