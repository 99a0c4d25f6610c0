package candlestack.ingest.feeds.http;

import candlestack.ingest.api.Position;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was sent already: of each item, by a hash of what identifies it, a hash of what it said. The latest of it is the
 * position, so that a restart sends nothing again that an answer still has. One thread.
 */
final class Sent {
    private static final String FIELD = "sent";

    /** More than any answer has that is polled sensibly. */
    private static final int MOST = 100_000;

    private static final int MOST_IN_POSITION = 10_000;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    /** Those last seen are last. */
    private final Map<Long, Long> contents = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    private Sent() {}

    /** A position that cannot be read is none: at worst, what is known already comes again. */
    static Sent from(Optional<Position> position) {
        Sent sent = new Sent();
        position.flatMap(known -> known.text(FIELD)).ifPresent(sent::read);
        return sent;
    }

    /** Whether the item is new, or says something else than it did; from now on it is known. */
    boolean isNews(long identity, long content) {
        Long before = contents.put(identity, content);
        return before == null || before != content;
    }

    Position position() {
        List<Map.Entry<Long, Long>> all = new ArrayList<>(contents.entrySet());
        List<Map.Entry<Long, Long>> latest = all.subList(Math.max(0, all.size() - MOST_IN_POSITION), all.size());
        ByteBuffer bytes = ByteBuffer.allocate(latest.size() * ENTRY_BYTES);
        latest.forEach(entry -> bytes.putLong(entry.getKey()).putLong(entry.getValue()));
        return Position.of(FIELD, Base64.getEncoder().encodeToString(bytes.array()));
    }

    private void read(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            while (bytes.remaining() >= ENTRY_BYTES) {
                contents.put(bytes.getLong(), bytes.getLong());
            }
        } catch (IllegalArgumentException e) {
            contents.clear();
        }
    }
}
