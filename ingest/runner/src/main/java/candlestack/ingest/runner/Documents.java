package candlestack.ingest.runner;

import candlestack.ingest.api.Document;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lets through what is one JSON object and nothing after it. */
final class Documents {
    private static final JsonFactory JSON = new JsonFactory();

    private Documents() {}

    static byte[] checked(Document document) throws UnpublishableException {
        try (JsonParser parser = JSON.createParser(document.json())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnpublishableException("not a JSON object");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new UnpublishableException("something follows the JSON object");
            }
        } catch (IOException e) {
            throw new UnpublishableException("not JSON: " + firstLine(e.getMessage()));
        }
        return document.json().getBytes(StandardCharsets.UTF_8);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
