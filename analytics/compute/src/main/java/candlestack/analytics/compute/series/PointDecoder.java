package candlestack.analytics.compute.series;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.Texts;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the JSON of {@code series.points}; what is wrong is a {@link JsonException}. Not safe for several threads. */
final class PointDecoder {
    private static final int MOST_FIELDS = SeriesState.MOST_FIELDS;
    /** Key, id and value of a point hold all of its tags, and have to fit into a record of Kafka together. */
    private static final int MOST_TAGS = 256;

    private static final byte[] SERIES = name("series");
    private static final byte[] TIME = name("time");
    private static final byte[] TAGS = name("tags");
    private static final byte[] FIELDS = name("fields");

    private final JsonScanner scanner = new JsonScanner();
    private String series;
    private String time;
    private final SortedMap<String, String> tags = new TreeMap<>();
    private final SortedMap<String, Double> fields = new TreeMap<>();

    /** Series and tags as one text. */
    String key(byte[] json) {
        open(json);
        while (scanner.nextField()) {
            if (scanner.nameIs(SERIES)) {
                series = scanner.text("series");
            } else if (scanner.nameIs(TAGS)) {
                readTags();
            } else {
                scanner.skip();
            }
        }
        StringBuilder key = new StringBuilder(series.length() + 16);
        append(key, series);
        tags.forEach((tag, value) -> {
            append(key, tag);
            append(key, value);
        });
        return key.toString();
    }

    /** With its length: a tag's value may hold whatever would separate it from the next. */
    private static void append(StringBuilder key, String text) {
        key.append(text.length()).append(':').append(text);
    }

    DecodedPoint decode(byte[] json) {
        open(json);
        while (scanner.nextField()) {
            if (scanner.nameIs(SERIES)) {
                series = scanner.text("series");
            } else if (scanner.nameIs(TIME)) {
                time = scanner.text("time");
            } else if (scanner.nameIs(TAGS)) {
                readTags();
            } else if (scanner.nameIs(FIELDS)) {
                readFields();
            } else {
                scanner.skip();
            }
        }
        return point();
    }

    private void open(byte[] json) {
        if (json.length == 0) {
            throw new JsonException("Cannot read the point: the record is empty");
        }
        series = "";
        time = "";
        tags.clear();
        fields.clear();
        scanner.open(json);
    }

    private void readTags() {
        if (scanner.readNull()) {
            return;
        }
        scanner.enterObject("tags");
        while (scanner.nextField()) {
            String tag = checked("tag", scanner.name());
            String value = scanner.readNull() ? "" : scanner.text("tags." + tag);
            if (!value.isEmpty()) {
                tags.put(tag, checked("tags." + tag, value));
            }
        }
    }

    /** A null is a field that is not there. */
    private void readFields() {
        scanner.enterObject("fields");
        while (scanner.nextField()) {
            String field = checked("field", scanner.name());
            if (!scanner.readNull()) {
                fields.put(field, scanner.number("fields." + field));
            }
        }
    }

    private DecodedPoint point() {
        if (series.isBlank()) {
            throw new JsonException("Missing series: a point names what it measures");
        }
        checked("series", series);
        if (time.isEmpty()) {
            throw new JsonException("Missing time: a point carries the time of its event");
        }
        OptionalLong nanos = IsoTime.parse(time);
        if (nanos.isEmpty()) {
            throw new JsonException("Invalid time: '" + Texts.shortened(time)
                    + "', expected ISO-8601 in UTC such as 2026-01-31T09:30:00.000Z");
        }
        if (tags.size() > MOST_TAGS) {
            throw new JsonException("Invalid tags: " + tags.size() + ", expected at most " + MOST_TAGS);
        }
        if (fields.isEmpty()) {
            throw new JsonException("Missing fields: a point has at least one number");
        }
        if (fields.size() > MOST_FIELDS) {
            throw new JsonException("Invalid fields: " + fields.size() + ", expected at most " + MOST_FIELDS);
        }
        return new DecodedPoint(series, nanos.getAsLong(), new TreeMap<>(tags), new TreeMap<>(fields));
    }

    /** Of a text that is part of the point's name in the store. */
    private static String checked(String what, String text) {
        if (text.isBlank() || !Texts.isShortAndPrintable(text)) {
            throw new JsonException(Texts.invalidName(what, text));
        }
        return text;
    }

    private static byte[] name(String field) {
        return field.getBytes(StandardCharsets.UTF_8);
    }
}
