package candlestack.ingest.sources.votes;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceException;
import java.util.Map;

/**
 * How far an election has come.
 *
 * @param stream names the election; it holds the time of its first start, since one that was forgotten begins again at
 *     0 and must not be taken for the old one
 * @param first number of the register's first voter
 * @param size of the register
 * @param registered voters of the register that are published
 * @param voted voters of the register that have voted
 * @param next number of the next record to {@code votes.cast}
 */
record Progress(String stream, long first, int size, int registered, int voted, long next) {
    Progress {
        requireNonNull(stream, "stream is null");
    }

    static Progress start(String stream, int size) {
        return new Progress(stream, 0, size, 0, 0, 0);
    }

    static Progress after(Position position) throws SourceException {
        return new Progress(
                position.text("stream").orElse(""),
                position.number("first"),
                Math.toIntExact(position.number("size")),
                Math.toIntExact(position.number("registered")),
                Math.toIntExact(position.number("voted")),
                position.number("next"));
    }

    Position position() {
        return new Position(Map.of(
                "stream", stream,
                "first", Long.toString(first),
                "size", Integer.toString(size),
                "registered", Integer.toString(registered),
                "voted", Integer.toString(voted),
                "next", Long.toString(next)));
    }

    Progress registered(int voters) {
        return new Progress(stream, first, size, registered + voters, voted, next);
    }

    /** Somebody has voted. */
    Progress vote() {
        return new Progress(stream, first, size, registered, voted + 1, next + 1);
    }

    /** Something came to the poll that is no vote. */
    Progress attempt() {
        return new Progress(stream, first, size, registered, voted, next + 1);
    }

    /** A new register behind the last voter that may have been published. */
    Progress nextRegister(int newSize) {
        return new Progress(stream, first + size, newSize, 0, 0, next);
    }
}
