package candlestack.ingest.feeds.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names with values, written {@code name=value} (or {@code name: value}) as a list, or one a line. In a list, what has
 * no name goes on with the value before it, so that a value may have commas.
 */
public final class Pairs {
    private static final Pattern PAIR =
            Pattern.compile("\\s*([A-Za-z0-9!#$%&'*+._^`|~-]+)\\s*[=:]\\s*(.*)", Pattern.DOTALL);

    private Pairs() {}

    /**
     * @param value makes something of a name and a text
     * @throws IllegalArgumentException if it is no such list, or a name is there twice
     */
    public static <T> Map<String, T> parse(String text, BiFunction<String, String, T> value) {
        Map<String, T> pairs = new LinkedHashMap<>();
        for (String item : items(text)) {
            Matcher matcher = PAIR.matcher(item);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("no pair");
            }
            String name = matcher.group(1);
            if (pairs.put(name, value.apply(name, matcher.group(2).strip())) != null) {
                throw new IllegalArgumentException("'" + name + "' is there twice");
            }
        }
        return pairs;
    }

    private static List<String> items(String text) {
        if (text.contains("\n")) {
            return text.lines().filter(line -> !line.isBlank()).toList();
        }
        List<String> items = new ArrayList<>();
        for (String item : text.split(",")) {
            if (PAIR.matcher(item).matches() || items.isEmpty()) {
                items.add(item);
            } else {
                items.set(items.size() - 1, items.get(items.size() - 1) + "," + item);
            }
        }
        return items.stream().filter(item -> !item.isBlank()).toList();
    }
}
