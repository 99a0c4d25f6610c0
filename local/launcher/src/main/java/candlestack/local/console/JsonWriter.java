package candlestack.local.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;

/** One array of objects, an object a row. A number that JSON cannot say, such as NaN, is a text. */
final class JsonWriter implements RowWriter {
    private final JsonGenerator json;
    private List<String> columns = List.of();

    JsonWriter(PrintWriter out) throws IOException {
        this.json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartArray();
    }

    @Override
    public void begin(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public void row(List<Object> values) throws IOException {
        json.writeStartObject();
        for (int index = 0; index < columns.size(); index++) {
            json.writeFieldName(columns.get(index));
            write(values.get(index));
        }
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        json.writeEndArray();
        json.writeRaw('\n');
        json.close();
    }

    private void write(Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(value.toString());
        }
    }
}
