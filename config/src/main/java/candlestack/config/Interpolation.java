package candlestack.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${file:path}} inside values; {@code $$} is a dollar sign. */
final class Interpolation {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\{([^}]*)}");

    private final Map<String, String> environment;

    Interpolation(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException naming the reference that has no value, never the value of another */
    String resolve(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
    }

    private String value(MatchResult match) {
        if (match.group(1) == null) {
            return "$";
        }
        String reference = match.group(1);
        if (reference.startsWith("file:")) {
            return content(reference.substring("file:".length()));
        }
        int fallback = reference.indexOf(":-");
        String name = fallback < 0 ? reference : reference.substring(0, fallback);
        return Optional.ofNullable(environment.get(name))
                .or(() -> fallback < 0 ? Optional.empty() : Optional.of(reference.substring(fallback + 2)))
                .orElseThrow(() -> new IllegalArgumentException("environment variable " + name + " is not set"));
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read file " + file, e);
        }
    }
}
