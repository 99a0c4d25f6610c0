package candlestack.local.mongodb;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * Has what it acknowledges in its file: the library's backend writes it within a second after, which a killed process
 * does not live to do. Whoever reads from Kafka commits its offsets by that acknowledgement.
 */
final class DurableBackend extends H2Backend {
    private static final int CACHE_MEBIBYTES = 16;
    private static final Set<String> READING = Set.of(
            "aggregate",
            "buildInfo",
            "collStats",
            "count",
            "dbStats",
            "distinct",
            "endSessions",
            "find",
            "getLog",
            "getMore",
            "hello",
            "isMaster",
            "ismaster",
            "killCursors",
            "listCollections",
            "listDatabases",
            "listIndexes",
            "ping",
            "serverStatus",
            "whatsmyuri");

    private DurableBackend(MVStore store) {
        super(store);
    }

    static DurableBackend open(Path file) {
        return new DurableBackend(new MVStore.Builder()
                .fileName(file.toString())
                .cacheSize(CACHE_MEBIBYTES)
                .open());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document answer = super.handleMessage(message);
        // An aggregation may end in $out or $merge, but ours do not.
        if (!READING.contains(command(message))) {
            commit();
        }
        return answer;
    }

    private static String command(MongoMessage message) {
        return message.getDocument().keySet().iterator().next();
    }
}
