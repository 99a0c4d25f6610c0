package candlestack.viewer.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes variables and the macros of Grafana's PostgreSQL data source into a query. */
final class SqlText {
    private static final Pattern MACRO = Pattern.compile("\\$__(\\w+)\\b(?:\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\))?");

    private SqlText() {}

    /** @throws QueryException for a macro that is unknown or lacks an argument */
    static String interpolate(String sql, Scope scope) {
        String text = scope.variables().interpolate(sql, Language.SQL);
        text = text.replace("$__interval_ms", Long.toString(scope.interval().toMillis()))
                .replace("$__interval", Interval.text(scope.interval()));
        Matcher matcher = MACRO.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String written = expand(matcher.group(1), arguments(matcher.group(2)), scope.range());
            matcher.appendReplacement(result, Matcher.quoteReplacement(written));
        }
        return matcher.appendTail(result).toString();
    }

    private static String expand(String macro, List<String> arguments, TimeRange range) {
        long from = range.from().getEpochSecond();
        long to = range.to().getEpochSecond();
        return switch (macro) {
            case "time" -> column(macro, arguments) + " AS \"time\"";
            case "timeEpoch" -> "extract(epoch from " + column(macro, arguments) + ") as \"time\"";
            case "timeFilter" -> column(macro, arguments) + " BETWEEN '" + range.from() + "' AND '" + range.to() + "'";
            case "timeFrom" -> "'" + range.from() + "'";
            case "timeTo" -> "'" + range.to() + "'";
            case "timeGroup" -> group(macro, arguments);
            case "timeGroupAlias" -> group(macro, arguments) + " AS \"time\"";
            case "unixEpochFilter" -> {
                String column = column(macro, arguments);
                yield column + " >= " + from + " AND " + column + " <= " + to;
            }
            case "unixEpochFrom" -> Long.toString(from);
            case "unixEpochTo" -> Long.toString(to);
            default -> throw new QueryException("Unknown macro '$__" + macro + "'");
        };
    }

    private static String group(String macro, List<String> arguments) {
        if (arguments.size() < 2) {
            throw new QueryException("Invalid macro $__" + macro + ": it needs a column and an interval");
        }
        long seconds = Math.max(
                1, Interval.parse(arguments.get(1).replace("'", "").strip()).toSeconds());
        return "floor(extract(epoch from " + arguments.get(0) + ")/" + seconds + ")*" + seconds;
    }

    private static String column(String macro, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new QueryException("Invalid macro $__" + macro + ": it needs a column");
        }
        return arguments.get(0);
    }

    /** Splits at the commas that are outside of parentheses. */
    private static List<String> arguments(String written) {
        List<String> arguments = new ArrayList<>();
        if (written == null || written.isBlank()) {
            return arguments;
        }
        int depth = 0;
        int start = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                arguments.add(written.substring(start, i).strip());
                start = i + 1;
            }
        }
        arguments.add(written.substring(start).strip());
        return arguments;
    }
}
