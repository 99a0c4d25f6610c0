package candlestack.viewer;

import candlestack.viewer.query.Frame;
import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as Grafana's query API writes them: {@code results.<refId>.frames[].schema|data}. */
final class ResultWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private ResultWriter() {}

    static byte[] write(Map<String, QueryResult> results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("results");
            for (Map.Entry<String, QueryResult> result : results.entrySet()) {
                json.writeObjectFieldStart(result.getKey());
                write(json, result.getKey(), result.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, String refId, QueryResult result) throws IOException {
        if (!result.error().isEmpty()) {
            json.writeStringField("error", result.error());
        }
        json.writeNumberField("millis", result.millis());
        json.writeArrayFieldStart("frames");
        for (Frame frame : result.frames()) {
            json.writeStartObject();
            schema(json, refId, frame);
            json.writeObjectFieldStart("data");
            json.writeArrayFieldStart("values");
            for (Field field : frame.fields()) {
                values(json, field);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void schema(JsonGenerator json, String refId, Frame frame) throws IOException {
        json.writeObjectFieldStart("schema");
        json.writeStringField("refId", refId);
        json.writeStringField("name", frame.name());
        notices(json, frame.notices());
        json.writeArrayFieldStart("fields");
        for (Field field : frame.fields()) {
            json.writeStartObject();
            json.writeStringField("name", field.name());
            json.writeStringField("type", field.type().name().toLowerCase(Locale.ROOT));
            if (!field.labels().isEmpty()) {
                json.writeObjectFieldStart("labels");
                for (Map.Entry<String, String> label : field.labels().entrySet()) {
                    json.writeStringField(label.getKey(), label.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void notices(JsonGenerator json, List<String> notices) throws IOException {
        if (notices.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("meta");
        json.writeArrayFieldStart("notices");
        for (String notice : notices) {
            json.writeStartObject();
            json.writeStringField("severity", "warning");
            json.writeStringField("text", notice);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, Field field) throws IOException {
        json.writeStartArray();
        for (Object value : field.values()) {
            if (value == null) {
                json.writeNull();
            } else if (field.type() == FieldType.TIME) {
                json.writeNumber((Long) value);
            } else if (value instanceof Number number) {
                number(json, number);
            } else if (value instanceof Boolean flag) {
                json.writeBoolean(flag);
            } else {
                json.writeString(value.toString());
            }
        }
        json.writeEndArray();
    }

    /** JSON has no NaN and no infinity: they are gaps. Whole numbers are written without a fraction. */
    private static void number(JsonGenerator json, Number number) throws IOException {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}
