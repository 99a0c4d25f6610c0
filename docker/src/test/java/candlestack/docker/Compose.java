package candlestack.docker;

import candlestack.local.services.ComposeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The compose files as written, with their merge keys resolved; variables are left as they are. */
final class Compose {
    static final Path CHECKOUT = Path.of(System.getProperty("candlestack.checkout"));
    static final List<String> FILES =
            List.of("docker-compose.yml", "docker-compose.core.yml", "docker-compose.cluster.yml");
    static final List<String> ONE_SHOT = List.of("secrets", "setup");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:-([^}]*))?}");

    private Compose() {}

    static Map<?, ?> load(String file) {
        try (InputStream in = Files.newInputStream(CHECKOUT.resolve(file))) {
            return ComposeFile.load(in);
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + file, e);
        }
    }

    static Map<String, Map<?, ?>> services(String file) {
        Map<String, Map<?, ?>> services = new LinkedHashMap<>();
        map(load(file), "services").forEach((name, service) -> services.put(name.toString(), (Map<?, ?>) service));
        return services;
    }

    /** The services that are whole in one of the files: what an overlay adds to is not told again there. */
    static Map<String, Map<?, ?>> wholeServices() {
        Map<String, Map<?, ?>> whole = new LinkedHashMap<>();
        for (String file : FILES) {
            services(file).forEach((name, service) -> {
                if (service.containsKey("image")) {
                    whole.put(name, service);
                }
            });
        }
        return whole;
    }

    /** The default of each variable by its name; empty where it has none. */
    static Map<String, String> variables(String file) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (MatchResult match : VARIABLE.matcher(uncommented(file)).results().toList()) {
            variables.put(match.group(1), match.group(3) == null ? "" : match.group(3));
        }
        return variables;
    }

    static String uncommented(String file) throws IOException {
        return Files.readString(CHECKOUT.resolve(file)).replaceAll("(?m)^\\s*#.*$", "");
    }

    static Map<?, ?> map(Map<?, ?> parent, String key) {
        return parent.get(key) == null ? Map.of() : (Map<?, ?>) parent.get(key);
    }

    static List<String> list(Map<?, ?> parent, String key) {
        List<String> texts = new ArrayList<>();
        if (parent.get(key) instanceof List<?> list) {
            list.forEach(item -> texts.add(item.toString()));
        }
        return texts;
    }
}
