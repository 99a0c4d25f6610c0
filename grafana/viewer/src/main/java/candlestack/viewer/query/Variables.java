package candlestack.viewer.query;

import static java.util.function.UnaryOperator.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts the values of variables into the text of a query, as Grafana does, but never so that a value becomes code: a
 * value outside of quotes is a plain word, and one inside cannot end its literal. Immutable.
 */
public final class Variables {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$(\\w+)|\\[\\[(\\w+?)(?::(\\w+))?]]|\\$\\{(\\w+)(?::([^}]+))?}");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.:@%+=^-]*");

    private final Map<String, VariableValue> values;

    public Variables(Collection<VariableValue> values) {
        this.values = values.stream().collect(Collectors.toUnmodifiableMap(VariableValue::name, identity()));
    }

    /**
     * The text with its variables in place; names that are no variable stay as they are, macros among them.
     *
     * @throws QueryException where a value could be read as code, saying which format to write instead
     */
    public String interpolate(String text, Language language) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            VariableValue value = values.get(first(matcher, 1, 2, 4));
            String written = value == null
                    ? matcher.group()
                    : write(value, first(matcher, 3, 5), language, isInQuotes(text, matcher.start()));
            matcher.appendReplacement(result, Matcher.quoteReplacement(written));
        }
        return matcher.appendTail(result).toString();
    }

    private static String write(VariableValue value, String format, Language language, boolean inQuotes) {
        if (value.trusted()) {
            return String.join(",", value.values());
        }
        Format chosen = format.isEmpty() ? defaultFormat(value, language) : format(value, format);
        String written = chosen.write(value.values());
        if (chosen.quotes(language)) {
            return written;
        }
        if (chosen == Format.REGEX && language == Language.FLUX) {
            return regex(value, written);
        }
        if (language.quotesLikeSql() && inQuotes) {
            return written.replace("'", "''");
        }
        value.values().forEach(word -> requireWord(value, word, language));
        return written;
    }

    private static Format defaultFormat(VariableValue value, Language language) {
        return language.quotesLikeSql() && value.list() ? Format.SQLSTRING : Format.GLOB;
    }

    private static Format format(VariableValue value, String name) {
        return Format.named(name)
                .orElseThrow(() -> new QueryException(
                        "Cannot write variable '" + value.name() + "': format '" + name + "' is not supported"));
    }

    /** Inside {@code /../} slashes are escaped; a quote or an interpolation would matter inside a string. */
    private static String regex(VariableValue value, String written) {
        if (written.contains("\"")) {
            throw new QueryException("Cannot use value '" + String.join(",", value.values()) + "' of variable '"
                    + value.name() + "' in a regular expression: it has a double quote");
        }
        return written;
    }

    private static void requireWord(VariableValue value, String word, Language language) {
        if (!WORD.matcher(word).matches()) {
            String format =
                    switch (language) {
                        case FLUX -> "doublequote";
                        case SQL, CQL -> "sqlstring";
                        case URL -> "percentencode";
                    };
            throw new QueryException("Cannot use value '" + word + "' of variable '" + value.name()
                    + "' as it is: it is no plain word; write ${" + value.name() + ":" + format + "} in the dashboard");
        }
    }

    /** Whether an odd number of single quotes comes before {@code position}. */
    private static boolean isInQuotes(String text, int position) {
        return text.substring(0, position).chars().filter(c -> c == '\'').count() % 2 == 1;
    }

    private static String first(Matcher matcher, int... groups) {
        for (int group : groups) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return List.copyOf(values.values()).toString();
    }
}
