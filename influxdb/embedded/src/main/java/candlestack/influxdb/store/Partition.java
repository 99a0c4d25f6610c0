package candlestack.influxdb.store;

import java.util.ArrayList;
import java.util.List;

/** A span of time of one bucket: what retention drops at once and a snapshot writes at once. Used under the store's lock. */
final class Partition {
    private final long start;
    private final long end;
    private final List<Member> members = new ArrayList<>();
    private boolean dirty;
    private List<String> files = List.of();

    /**
     * @param start nanoseconds, inclusive
     * @param end nanoseconds, exclusive
     */
    Partition(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /** A column's chunk in this partition. */
    record Member(Column column, Chunk chunk) {}

    boolean contains(long time) {
        return time >= start && time < end;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    Chunk add(Column column) {
        Chunk chunk = new Chunk(column.type(), this);
        members.add(new Member(column, chunk));
        return chunk;
    }

    List<Member> members() {
        return members;
    }

    void removeEmptyMembers() {
        members.removeIf(member -> member.chunk().isEmpty());
    }

    /** Says that the files no longer hold all points. */
    void markDirty() {
        dirty = true;
    }

    boolean isDirty() {
        return dirty;
    }

    void markClean() {
        dirty = false;
    }

    /** The names of the files that hold this partition as of the last snapshot. */
    List<String> files() {
        return files;
    }

    void files(List<String> names) {
        files = List.copyOf(names);
    }
}
