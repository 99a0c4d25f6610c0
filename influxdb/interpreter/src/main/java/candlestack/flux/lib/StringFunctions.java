package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The package strings. Positions count bytes nowhere: characters are code points. */
final class StringFunctions {
    private StringFunctions() {}

    static void register(PackageDefinition strings) {
        strings.function("title", "v", call -> title(call.string("v")))
                .function("toUpper", "v", call -> call.string("v").toUpperCase(Locale.ROOT))
                .function("toLower", "v", call -> call.string("v").toLowerCase(Locale.ROOT))
                .function("toTitle", "v", call -> call.string("v").toUpperCase(Locale.ROOT))
                .function("trim", "v, cutset", call -> trim(call, true, true))
                .function("trimLeft", "v, cutset", call -> trim(call, true, false))
                .function("trimRight", "v, cutset", call -> trim(call, false, true))
                .function("trimSpace", "v", call -> call.string("v").strip())
                .function(
                        "trimPrefix",
                        "v, prefix",
                        call -> call.string("v").startsWith(call.string("prefix"))
                                ? call.string("v")
                                        .substring(call.string("prefix").length())
                                : call.string("v"))
                .function(
                        "trimSuffix",
                        "v, suffix",
                        call -> call.string("v").endsWith(call.string("suffix"))
                                ? call.string("v")
                                        .substring(
                                                0,
                                                call.string("v").length()
                                                        - call.string("suffix").length())
                                : call.string("v"))
                .function("hasPrefix", "v, prefix", call -> call.string("v").startsWith(call.string("prefix")))
                .function("hasSuffix", "v, suffix", call -> call.string("v").endsWith(call.string("suffix")))
                .function("containsStr", "v, substr", call -> call.string("v").contains(call.string("substr")))
                .function(
                        "containsAny",
                        "v, chars",
                        call -> call.string("v")
                                .codePoints()
                                .anyMatch(c -> call.string("chars").indexOf(c) >= 0))
                .function("equalFold", "v, t", call -> call.string("v").equalsIgnoreCase(call.string("t")))
                .function("compare", "v, t", call ->
                        (long) Integer.signum(call.string("v").compareTo(call.string("t"))))
                .function("countStr", "v, substr", call -> count(call.string("v"), call.string("substr")))
                .function("index", "v, substr", call -> (long) call.string("v").indexOf(call.string("substr")))
                .function("indexAny", "v, chars", call -> indexAny(call, false))
                .function("lastIndex", "v, substr", call ->
                        (long) call.string("v").lastIndexOf(call.string("substr")))
                .function("lastIndexAny", "v, chars", call -> indexAny(call, true))
                .function("repeat", "v, i", call -> repeat(call))
                .function(
                        "replace",
                        "v, t, u, i",
                        call -> replace(call.string("v"), call.string("t"), call.string("u"), call.integer("i")))
                .function("replaceAll", "v, t, u", call -> call.string("v").replace(call.string("t"), call.string("u")))
                .function("split", "v, t", call -> split(call.string("v"), call.string("t"), -1, false))
                .function("splitAfter", "v, t", call -> split(call.string("v"), call.string("t"), -1, true))
                .function(
                        "splitN",
                        "v, t, i",
                        call -> split(call.string("v"), call.string("t"), call.integer("i"), false))
                .function(
                        "splitAfterN",
                        "v, t, i",
                        call -> split(call.string("v"), call.string("t"), call.integer("i"), true))
                .function("joinStr", "arr, v", StringFunctions::join)
                .function("strlen", "v", call -> (long)
                        call.string("v").codePointCount(0, call.string("v").length()))
                .function("substring", "v, start, end", StringFunctions::substring)
                .function("isLetter", "v", call -> all(call, Character::isLetter))
                .function("isDigit", "v", call -> all(call, Character::isDigit))
                .function("isUpper", "v", call -> all(call, Character::isUpperCase))
                .function("isLower", "v", call -> all(call, Character::isLowerCase));
    }

    private static boolean all(Arguments call, IntPredicate test) {
        String text = call.string("v");
        return text.codePointCount(0, text.length()) == 1 && test.test(text.codePointAt(0));
    }

    private static String title(String text) {
        StringBuilder result = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            result.appendCodePoint(inWord ? c : Character.toTitleCase(c));
            inWord = Character.isLetterOrDigit(c) || c == '_' || c == '\'';
        }
        return result.toString();
    }

    private static String trim(Arguments call, boolean left, boolean right) {
        String text = call.string("v");
        String cutset = call.string("cutset");
        int start = 0;
        int end = text.length();
        while (left && start < end && cutset.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (right && end > start && cutset.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static long count(String text, String part) {
        if (part.isEmpty()) {
            return text.codePointCount(0, text.length()) + 1L;
        }
        long count = 0;
        for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + part.length())) {
            count++;
        }
        return count;
    }

    private static long indexAny(Arguments call, boolean last) {
        String text = call.string("v");
        String chars = call.string("chars");
        long found = -1;
        for (int i = 0; i < text.length() && (last || found < 0); i++) {
            found = chars.indexOf(text.charAt(i)) >= 0 ? i : found;
        }
        return found;
    }

    private static String join(Arguments call) {
        List<String> parts = call.strings("arr");
        long separators = (long) parts.size() * call.string("v").length();
        Values.checkLength(separators + parts.stream().mapToLong(String::length).sum());
        return String.join(call.string("v"), parts);
    }

    private static String repeat(Arguments call) {
        int count = call.count("i");
        Values.checkLength((long) count * call.string("v").length());
        return call.string("v").repeat(count);
    }

    private static String replace(String text, String old, String with, long limit) {
        if (limit < 0) {
            return text.replace(old, with);
        }
        String result = text;
        int from = 0;
        for (long n = 0; n < limit; n++) {
            int at = result.indexOf(old, from);
            if (at < 0) {
                break;
            }
            result = result.substring(0, at) + with + result.substring(at + old.length());
            from = at + with.length();
        }
        return result;
    }

    private static List<Object> split(String text, String separator, long limit, boolean keep) {
        List<Object> parts = new ArrayList<>();
        if (limit == 0) {
            return parts;
        }
        if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
            return parts;
        }
        var matcher = Pattern.compile(Pattern.quote(separator)).matcher(text);
        int from = 0;
        while ((limit < 0 || parts.size() < limit - 1) && matcher.find()) {
            parts.add(text.substring(from, keep ? matcher.end() : matcher.start()));
            from = matcher.end();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String substring(Arguments call) {
        int[] text = call.string("v").codePoints().toArray();
        int start = (int) Math.max(0, call.integer("start"));
        int end = (int) Math.min(text.length, call.integer("end"));
        return start >= end ? "" : new String(text, start, end - start);
    }
}
