package candlestack.local.services;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docker-compose.yml says of one service, its variables replaced as Compose does. */
final class ComposeService {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\$|\\{(\\w+)(?::-([^}]*))?})");

    private final Map<?, ?> written;
    private final Map<String, String> variables;

    /**
     * @param variables those of the environment; the others have their defaults
     * @throws IllegalArgumentException when there is no such service
     */
    ComposeService(String name, Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
        if (!(ComposeFile.load().get("services") instanceof Map<?, ?> services)
                || !(services.get(name) instanceof Map<?, ?> service)) {
            throw new IllegalArgumentException("No service '" + name + "' in docker-compose.yml");
        }
        this.written = service;
    }

    String image() {
        return text(requireNonNull(written.get("image"), "a service without an image"));
    }

    Optional<String> user() {
        return Optional.ofNullable(written.get("user")).map(this::text);
    }

    /** Empty for the image's own. */
    List<String> entrypoint() {
        return words(written.get("entrypoint"));
    }

    /** Empty for the image's own. */
    List<String> command() {
        return words(written.get("command"));
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        if (written.get("environment") instanceof Map<?, ?> pairs) {
            pairs.forEach((key, value) -> environment.put(key.toString(), text(value)));
        }
        return environment;
    }

    /** What asks whether it is well, in the words of Docker: {@code CMD} or {@code CMD-SHELL}, and what to run. */
    List<String> healthTest() {
        return written.get("healthcheck") instanceof Map<?, ?> check ? words(check.get("test")) : List.of();
    }

    /** Files of the checkout that it mounts: their places inside by their names here, without the {@code ./}. */
    Map<String, String> mountedFiles() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String volume : words(written.get("volumes"))) {
            String[] parts = volume.split(":");
            if (parts[0].startsWith("./")) {
                files.put(parts[0].substring("./".length()), parts[1]);
            }
        }
        return files;
    }

    private List<String> words(Object list) {
        return list instanceof List<?> words ? words.stream().map(this::text).toList() : List.of();
    }

    private String text(Object value) {
        return VARIABLE.matcher(value.toString()).replaceAll(match -> Matcher.quoteReplacement(replacement(match)));
    }

    private String replacement(MatchResult match) {
        if (match.group(1) == null) {
            return "$";
        }
        return variables.getOrDefault(
                match.group(1), Optional.ofNullable(match.group(2)).orElse(""));
    }
}
