package candlestack.analytics.compute.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.JsonScanner.Kind;
import candlestack.analytics.compute.json.JsonWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads the JSON of {@code users.profiles}, and copies it without what nobody needs to know. One thread's. */
final class ProfileDecoder {
    private static final Set<String> SECRETS =
            Set.of("login.password", "login.salt", "login.md5", "login.sha1", "login.sha256");
    private static final String POSTCODE = "location.postcode";

    private final JsonScanner scanner = new JsonScanner();
    private final JsonWriter copy = new JsonWriter();
    private final Map<String, String> texts = new HashMap<>();

    /** @throws JsonException if it is no JSON object */
    Profile decode(byte[] json) {
        texts.clear();
        scanner.open(json);
        copy.begin();
        copyFields("");
        return new Profile(copy.end(), Map.copyOf(texts));
    }

    private void copyFields(String prefix) {
        while (scanner.nextField()) {
            String name = scanner.name();
            String path = prefix + name;
            if (SECRETS.contains(path)) {
                scanner.skip();
            } else if (scanner.kind() == Kind.OBJECT) {
                scanner.enterObject(path);
                copy.beginObject(name);
                copyFields(path + ".");
                copy.endObject();
            } else {
                copyValue(name, path);
            }
        }
    }

    /** A postcode is a number in some countries' profiles, and a string in others': always a string here. */
    private void copyValue(String name, String path) {
        Kind kind = scanner.kind();
        if (kind == Kind.TEXT) {
            texts.put(path, scanner.text(path));
            copy.text(name, texts.get(path));
            return;
        }
        byte[] raw = scanner.raw();
        if (kind == Kind.NUMBER) {
            texts.put(path, new String(raw, UTF_8));
        }
        if (kind == Kind.NUMBER && path.equals(POSTCODE)) {
            copy.text(name, texts.get(path));
        } else {
            copy.raw(name, raw);
        }
    }
}
