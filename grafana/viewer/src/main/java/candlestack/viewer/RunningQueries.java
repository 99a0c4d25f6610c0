package candlestack.viewer;

import candlestack.viewer.query.Cancellation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What runs for whom, so that a newer question replaces an older one and a closed page leaves nothing behind. */
final class RunningQueries {
    private final Map<String, Cancellation> running = new ConcurrentHashMap<>();

    Cancellation start(String client) {
        Cancellation cancellation = new Cancellation();
        Cancellation older = running.put(client, cancellation);
        if (older != null) {
            older.cancel();
        }
        return cancellation;
    }

    void finish(String client, Cancellation cancellation) {
        running.remove(client, cancellation);
    }

    void cancel(String clientPrefix) {
        running.forEach((client, cancellation) -> {
            if (client.startsWith(clientPrefix)) {
                cancellation.cancel();
            }
        });
    }
}
