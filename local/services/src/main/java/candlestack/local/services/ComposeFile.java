package candlestack.local.services;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A compose file as written, with its merge keys resolved; variables are left as they are. */
public final class ComposeFile {
    private static final String FILE = "docker-compose.yml";

    private ComposeFile() {}

    /** The stack's own file, as it was when this was built. */
    static Map<?, ?> load() {
        try (InputStream in = ComposeFile.class.getResourceAsStream(FILE)) {
            return load(requireNonNull(in, FILE + " is not among the resources"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
    }

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not YAML, or a key stands there twice */
    public static Map<?, ?> load(InputStream in) {
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        return (Map<?, ?>) merged(new Load(settings).loadFromInputStream(in));
    }

    /** What YAML 1.1 calls merge keys, and Compose still understands. */
    private static Object merged(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(ComposeFile::merged).toList();
        }
        if (!(node instanceof Map<?, ?> written)) {
            return node;
        }
        Map<Object, Object> whole = new LinkedHashMap<>();
        if (written.get("<<") instanceof Map<?, ?> base) {
            whole.putAll((Map<?, ?>) merged(base));
        }
        written.forEach((key, value) -> {
            if (!key.equals("<<")) {
                whole.put(key, merged(value));
            }
        });
        return whole;
    }
}
