package candlestack.viewer.stub;

import static candlestack.viewer.stub.Frames.table;

import candlestack.viewer.query.Cancellation;
import candlestack.viewer.query.Frame;
import candlestack.viewer.query.Language;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.query.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers the SQL and CQL of our dashboards: the columns are those that the query names, the values made up. */
final class StubSql implements QueryEngine {
    private static final Pattern ALIAS = Pattern.compile("\\bAS\\s+(?:\"([^\"]+)\"|(\\w+))");
    private static final List<String> TEXTS = List.of(
            "Symbol",
            "symbol",
            "sector",
            "Bar",
            "Signal",
            "Detail",
            "name",
            "region",
            "Region",
            "Candidate",
            "Device",
            "Status",
            "body",
            "origin",
            "Origin",
            "Stream",
            "event",
            "text",
            "title",
            "device_id",
            "metric",
            "country");
    private static final int ROWS = 10;

    private final StubLog log;
    private final String key;

    StubSql(StubLog log, String key) {
        this.log = log;
        this.key = key;
    }

    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        String sql = scope.variables().interpolate(target.path(key).asText(), Language.SQL);
        log.add(sql);
        List<String> names = columns(sql);
        boolean single = sql.matches("(?s)SELECT (count|avg|max|coalesce|sum)\\(.*")
                && !sql.contains("UNION")
                && !sql.contains("GROUP BY");
        long now = scope.range().to().toEpochMilli();
        long from = scope.range().from().toEpochMilli();
        List<List<Object>> rows = new ArrayList<>();
        int count = single ? 1 : rows(sql, names);
        for (int i = 0; i < count; i++) {
            long time = names.contains("time") ? from + (now - from) * i / count : now - i * 47_000L;
            int index = i;
            rows.add(new ArrayList<>(
                    names.stream().map(name -> value(name, index, time)).toList()));
        }
        return List.of(table(names, rows));
    }

    private static int rows(String sql, List<String> names) {
        if (names.contains("time")) {
            return sql.contains("market.signals") ? 7 : 60;
        }
        return names.contains("name") ? 3 : ROWS;
    }

    private static List<String> columns(String sql) {
        String list = sql.contains("ranked AS") ? sql.substring(sql.indexOf("SELECT symbol, change AS")) : sql;
        List<String> names = new ArrayList<>(ALIAS.matcher(list)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .distinct()
                .toList());
        if (names.isEmpty() || sql.startsWith("SELECT region") || sql.startsWith("SELECT name")) {
            String head = sql.substring("SELECT ".length(), sql.indexOf(" FROM"));
            names = Stream.of(head.split(",")).map(String::strip).toList();
        }
        if (sql.contains("ranked AS")) {
            names = List.of("symbol", "Change");
        }
        return names;
    }

    private static Object value(String name, int i, long time) {
        if (List.of("time", "Time", "Newest", "Seen").contains(name)) {
            return time;
        }
        if (TEXTS.contains(name)) {
            return text(name, i);
        }
        double noise = new Wave(name).noise(i * 31L + 5);
        return switch (name) {
            case "Change" -> (4.5 - i) / 250 + noise / 900;
            case "change" -> 0.0043;
            case "symbols" -> 51.0;
            case "advancing" -> 29.0;
            case "declining" -> 22.0;
            case "signals" -> 184.0;
            case "Falling" -> -Math.rint(24 + 8 * noise);
            case "Rising" -> Math.rint(26 + 8 * noise);
            case "rate", "turnout", "sum" -> 0.5 + noise / 4;
            case "temperature", "Temperature" -> 15 + 8 * noise;
            case "mean_age" -> 44 + 6 * noise;
            default -> Math.rint(400 + 250 * noise);
        };
    }

    private static String text(String name, int i) {
        return switch (name) {
            case "Symbol", "symbol" -> StubFlux.SYMBOLS.get(i * 3 % StubFlux.SYMBOLS.size());
            case "sector" ->
                List.of(
                                "Technology",
                                "Energy",
                                "Finance",
                                "Health",
                                "Industry",
                                "Materials",
                                "Retail",
                                "Telecom",
                                "Transport",
                                "Utilities")
                        .get(i % 10);
            case "Signal" ->
                List.of("sma_cross_up", "macd_cross_down", "rsi_overbought", "bollinger_breakout_up", "rsi_oversold")
                        .get(i % 5);
            case "Bar" -> List.of("1m", "5m", "15m").get(i % 3);
            case "Status" -> List.of("SUCCESS", "STANDBY", "ERROR").get(i % 3);
            case "body" -> "Invalid price: '-1', a price is above 0";
            case "name", "Candidate", "metric" ->
                List.of("A. Berg", "C. Dahl", "E. Falk").get(i % 3);
            default -> name + " " + (i + 1);
        };
    }
}
