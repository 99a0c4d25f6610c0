package candlestack.analytics.compute.stream;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.json.JsonWriter;

/** The values of {@code analytics.points}. Not safe for use by several threads. */
public final class PointJson {
    private final JsonWriter writer;

    public PointJson(JsonWriter writer) {
        this.writer = requireNonNull(writer, "writer is null");
    }

    public byte[] write(Point point) {
        writer.begin()
                .text("bucket", point.bucket())
                .text("measurement", point.measurement())
                .time("time", point.timeNanos())
                .beginObject("tags");
        point.tags().forEach(writer::text);
        writer.endObject().beginObject("fields");
        point.fields().forEach(writer::number);
        return writer.endObject().end();
    }
}
