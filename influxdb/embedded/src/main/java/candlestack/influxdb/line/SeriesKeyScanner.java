package candlestack.influxdb.line;

import candlestack.influxdb.store.SeriesName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses a line's first part: the measurement and the tags. */
final class SeriesKeyScanner {
    private static final String ESCAPABLE_IN_MEASUREMENT = ", ";
    private static final String ESCAPABLE_IN_TAG = ", =";
    private static final Set<String> RESERVED = Set.of("_field", "_measurement", "time", "\u0000");

    private final byte[] bytes;
    private final int start;
    private final int limit;
    private final int end;
    private final SeriesName name;

    /** @throws BadLine if the part is not as it should be */
    SeriesKeyScanner(byte[] bytes, int start, int limit) {
        this.bytes = bytes;
        this.start = start;
        this.limit = limit;
        int measurementEnd = endOfMeasurement();
        List<Map.Entry<String, String>> tags = new ArrayList<>();
        this.end = bytes[measurementEnd] == ',' ? scanTags(measurementEnd + 1, tags) : measurementEnd;
        this.name = new SeriesName(Scan.unescape(bytes, start, measurementEnd, ESCAPABLE_IN_MEASUREMENT), sorted(tags));
    }

    /** Where the part ends: the position of the space after it. */
    int end() {
        return end;
    }

    SeriesName name() {
        return name;
    }

    private int endOfMeasurement() {
        if (start >= limit || bytes[start] == ',') {
            throw new BadLine("missing measurement");
        }
        for (int i = start + 1; i < limit; i++) {
            if (bytes[i - 1] != '\\' && (bytes[i] == ',' || bytes[i] == ' ')) {
                return i;
            }
        }
        throw new BadLine("missing fields");
    }

    private int scanTags(int from, List<Map.Entry<String, String>> tags) {
        int position = from;
        while (true) {
            int keyEnd = endOfTagKey(position);
            int valueEnd = endOfTagValue(keyEnd + 1);
            tags.add(Map.entry(
                    Scan.unescape(bytes, position, keyEnd, ESCAPABLE_IN_TAG),
                    Scan.unescape(bytes, keyEnd + 1, valueEnd, ESCAPABLE_IN_TAG)));
            if (bytes[valueEnd] == ' ') {
                return valueEnd;
            }
            position = valueEnd + 1;
        }
    }

    private int endOfTagKey(int from) {
        if (from >= limit || bytes[from] == ' ' || bytes[from] == ',' || bytes[from] == '=') {
            throw new BadLine("missing tag key");
        }
        for (int i = from + 1; i < limit; i++) {
            if (bytes[i - 1] != '\\') {
                if (bytes[i] == ' ' || bytes[i] == ',') {
                    throw new BadLine("missing tag value");
                }
                if (bytes[i] == '=') {
                    return i;
                }
            }
        }
        throw new BadLine("missing tag value");
    }

    private int endOfTagValue(int from) {
        if (from >= limit || bytes[from] == ',' || bytes[from] == ' ') {
            throw new BadLine("missing tag value");
        }
        for (int i = from + 1; i < limit; i++) {
            if (bytes[i - 1] != '\\') {
                if (bytes[i] == '=') {
                    throw new BadLine("invalid tag format");
                }
                if (bytes[i] == ',' || bytes[i] == ' ') {
                    return i;
                }
            }
        }
        throw new BadLine("missing fields");
    }

    private static List<String> sorted(List<Map.Entry<String, String>> tags) {
        tags.sort(Comparator.comparing(Map.Entry::getKey));
        List<String> flat = new ArrayList<>(tags.size() * 2);
        for (int i = 0; i < tags.size(); i++) {
            String key = tags.get(i).getKey();
            if (RESERVED.contains(key)) {
                throw new BadLine("cannot use reserved tag key \"" + key + "\"");
            }
            if (i > 0 && key.equals(tags.get(i - 1).getKey())) {
                throw new BadLine("duplicate tags");
            }
            flat.add(key);
            flat.add(tags.get(i).getValue());
        }
        return flat;
    }
}
