package candlestack.ingest.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON value after the other into the same buffer. One thread's. */
final class JsonBuffer {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final JsonGenerator generator;

    /** Writes the inside of an object. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    JsonBuffer() {
        try {
            // Without a root separator each value stands for itself.
            generator = JSON.createGenerator(bytes).setRootValueSeparator(null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON to memory", e);
        }
    }

    byte[] object(Content content) {
        bytes.reset();
        try {
            generator.writeStartObject();
            content.write(generator);
            generator.writeEndObject();
            generator.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON to memory", e);
        }
        return bytes.toByteArray();
    }
}
