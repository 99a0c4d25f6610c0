package candlestack.viewer.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes variables and the macros of Grafana's Cassandra data source into a query. */
final class CqlText {
    private static final Pattern MACRO = Pattern.compile("\\$__(\\w+)");

    private CqlText() {}

    /** @throws QueryException for a macro that is unknown */
    static String interpolate(String cql, Scope scope) {
        String text = scope.variables().interpolate(cql, Language.CQL);
        return MACRO.matcher(text).replaceAll(macro -> Matcher.quoteReplacement(expand(macro.group(1), scope.range())));
    }

    private static String expand(String macro, TimeRange range) {
        return switch (macro) {
            case "timeFrom" -> Long.toString(range.from().toEpochMilli());
            case "timeTo" -> Long.toString(range.to().toEpochMilli());
            case "unixEpochFrom" -> Long.toString(range.from().getEpochSecond());
            case "unixEpochTo" -> Long.toString(range.to().getEpochSecond());
            default -> throw new QueryException("Unknown macro '$__" + macro + "'");
        };
    }
}
