package candlestack.analytics.sinks.csv;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which rows are there. For one thread. */
final class Coverage {
    private final Map<Count, TreeMap<Long, Long>> lastByFirst = new HashMap<>();

    void add(PartName part) {
        TreeMap<Long, Long> ranges = lastByFirst.computeIfAbsent(part.count(), ignored -> new TreeMap<>());
        long first = part.first();
        long last = part.last();
        Map.Entry<Long, Long> before = ranges.floorEntry(first);
        if (before != null && before.getValue() >= first - 1) {
            first = before.getKey();
            last = Math.max(last, before.getValue());
        }
        Map.Entry<Long, Long> after = ranges.ceilingEntry(first);
        while (after != null && after.getKey() <= last + 1) {
            last = Math.max(last, after.getValue());
            ranges.remove(after.getKey());
            after = ranges.ceilingEntry(first);
        }
        ranges.put(first, last);
    }

    /** Whether all rows of the part are there. */
    boolean covers(PartName part) {
        Map.Entry<Long, Long> range = floor(part, part.first());
        return range != null && range.getValue() >= part.last();
    }

    /** Whether none of them is. */
    boolean misses(PartName part) {
        Map.Entry<Long, Long> range = floor(part, part.last());
        return range == null || range.getValue() < part.first();
    }

    boolean covers(PartName part, long number) {
        Map.Entry<Long, Long> range = floor(part, number);
        return range != null && range.getValue() >= number;
    }

    private Map.Entry<Long, Long> floor(PartName part, long number) {
        TreeMap<Long, Long> ranges = lastByFirst.get(part.count());
        return ranges == null ? null : ranges.floorEntry(number);
    }
}
