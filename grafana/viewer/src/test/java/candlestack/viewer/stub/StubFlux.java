package candlestack.viewer.stub;

import static candlestack.viewer.stub.Frames.row;
import static candlestack.viewer.stub.Frames.series;
import static candlestack.viewer.stub.Frames.table;

import candlestack.viewer.query.Cancellation;
import candlestack.viewer.query.Frame;
import candlestack.viewer.query.Language;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.query.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Answers the Flux of our dashboards with made-up data of the right shape: what a query keeps is what comes back.
 * The bars follow the wall clock, so a chart of them moves.
 */
final class StubFlux implements QueryEngine {
    static final List<String> SYMBOLS = symbols();

    private static final Pattern KEEP = Pattern.compile("keep\\(columns: \\[([^]]*)]\\)");
    private static final Pattern MAP = Pattern.compile("\\(r\\) => \\(\\{([^}]*)}\\)");
    private static final Pattern INTERVAL = Pattern.compile("interval == \"(\\w+)\"");
    private static final Pattern SYMBOL = Pattern.compile("symbol == \"([^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("_field == \"(\\w+)\"");
    private static final int MOST = 30_000;

    private final StubLog log;

    StubFlux(StubLog log) {
        this.log = log;
    }

    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        String flux = scope.variables().interpolate(target.path("query").asText(), Language.FLUX);
        log.add(flux);
        if (flux.contains("schema.")) {
            return List.of(options(flux));
        }
        Matcher keep = KEEP.matcher(flux);
        if (flux.contains("rowKey: [\"symbol\"]") && flux.contains("sort(")) {
            return List.of(watchList(scope.range().to().toEpochMilli()));
        }
        if (keep.find() && keep.group(1).contains("_time")) {
            return kept(flux, keep.group(1), scope);
        }
        return reduced(flux, scope);
    }

    private static Frame options(String flux) {
        List<String> names = flux.contains("tagValues(bucket: \"market\"")
                ? SYMBOLS
                : flux.contains("measurements(")
                        ? List.of("weather", "power")
                        : flux.contains("FieldKeys(")
                                ? List.of("temperature", "temperature_mean_1m", "humidity")
                                : flux.contains("TagKeys(")
                                        ? List.of("_start", "_stop", "_field", "_measurement", "station")
                                        : List.of("north", "south", "harbour");
        return table(List.of("_value"), names.stream().map(name -> row(name)).toList());
    }

    /** Bars in one table, or a series for each value of the label that is kept. */
    private static List<Frame> kept(String flux, String columns, Scope scope) {
        List<String> names = Pattern.compile("\"(\\w+)\"")
                .matcher(columns)
                .results()
                .map(found -> found.group(1))
                .toList();
        long step = step(flux, scope);
        List<Object> times = times(scope, step);
        if (!names.contains("_value")) {
            List<List<Object>> rows = new ArrayList<>();
            times.forEach(time -> {
                List<Object> row = new ArrayList<>(List.of(time));
                names.stream().skip(1).forEach(name -> row.add(value(symbol(flux), name, (Long) time, step)));
                rows.add(row);
            });
            return List.of(table(names, rows));
        }
        List<Frame> frames = new ArrayList<>();
        for (Map<String, String> labels : labels(names)) {
            String name = labels.isEmpty() ? symbol(flux) : String.join("", labels.values());
            for (String field : fields(flux, names)) {
                List<Object> values = new ArrayList<>();
                times.forEach(time -> values.add(value(name, field, (Long) time, step)));
                frames.add(series(names.contains("_field") ? field : "_value", labels, times, values));
            }
        }
        return frames;
    }

    private static List<String> fields(String flux, List<String> names) {
        List<String> written =
                FIELD.matcher(flux).results().map(found -> found.group(1)).toList();
        if (!written.isEmpty()) {
            return names.contains("_field") ? written : written.subList(0, 1);
        }
        return flux.contains("mean|min|max")
                ? List.of("x_min_1m", "x_max_1m", "x_mean_1m")
                : List.of("x_sma_20", "x_ema_20", "x_stddev_1m");
    }

    private static List<Map<String, String>> labels(List<String> names) {
        Map<String, List<String>> known = Map.of(
                "symbol", SYMBOLS,
                "name", List.of("market", "votes", "devices"),
                "candidate", List.of("c1", "c2", "c3"),
                "nationality", List.of("DE", "FR", "US", "BR"),
                "device", List.of("D001", "D002", "D003", "D004", "D005"));
        for (String name : names) {
            if (known.containsKey(name)) {
                return known.get(name).stream()
                        .map(value -> Map.of(name, value))
                        .toList();
            }
        }
        return List.of(Map.of());
    }

    /** One row of what the map names, or a series where all is kept. */
    private static List<Frame> reduced(String flux, Scope scope) {
        long now = scope.range().to().toEpochMilli();
        Matcher map = MAP.matcher(flux);
        if (map.find()) {
            List<String> names = Pattern.compile("(\\w+):")
                    .matcher(map.group(1))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            return List.of(table(
                    names,
                    List.of(names.stream()
                            .map(name -> value(symbol(flux), name, now, 86_400_000))
                            .map(Object.class::cast)
                            .toList())));
        }
        if (flux.contains("rename(")) {
            return List.of(table(
                    List.of("device", "rate"),
                    IntStream.rangeClosed(1, 5)
                            .mapToObj(i -> row("D00" + i, i * 0.07))
                            .toList()));
        }
        List<Object> times = times(scope, 5_000);
        List<Object> values = new ArrayList<>();
        times.forEach(time -> values.add(Math.rint(5_000 + 400 * new Wave("rate").noise((Long) time / 5_000))));
        return List.of(series("_value", Map.of(), times, values));
    }

    private static Frame watchList(long now) {
        List<List<Object>> rows = SYMBOLS.stream()
                .map(symbol -> row(
                        symbol,
                        value(symbol, "close", now, 1),
                        value(symbol, "close", now, 1) / new Wave(symbol).at(now - now % 86_400_000) - 1,
                        value(symbol, "low", now, 86_400_000),
                        value(symbol, "high", now, 86_400_000),
                        value(symbol, "volume", now, 60_000)))
                .toList();
        return table(List.of("symbol", "last", "change", "low", "high", "volume"), rows);
    }

    private static Double value(String name, String field, long time, long step) {
        Wave wave = new Wave(name);
        long end = time + step - 1;
        double price = wave.at(end);
        return switch (field) {
            case "open" -> wave.at(time - 1);
            case "close", "last" -> price;
            case "high", "High" -> Math.max(wave.at(time - 1), price) * (1 + 0.0012 * Math.abs(wave.noise(time)));
            case "low", "Low" -> Math.min(wave.at(time - 1), price) * (1 - 0.0012 * Math.abs(wave.noise(time + 1)));
            case "volume" -> Math.rint(900 + 800 * wave.noise(time / Math.max(1, step)));
            case "change" -> 0.0123 * wave.noise(7);
            case "spread" -> 2.4;
            case "sma_20", "bb_middle" -> wave.at(end - 10 * step);
            case "sma_50" -> wave.at(end - 25 * step);
            case "ema_12" -> wave.at(end - 5 * step);
            case "ema_26" -> wave.at(end - 11 * step);
            case "bb_upper" -> wave.at(end - 10 * step) * 1.008;
            case "bb_lower" -> wave.at(end - 10 * step) * 0.992;
            case "rsi_14" -> 50 + 34 * Math.sin(time / 900_000.0);
            case "macd" -> Math.sin(time / 700_000.0);
            case "macd_signal" -> Math.sin(time / 700_000.0 - 0.4);
            case "macd_histogram" -> Math.sin(time / 700_000.0) - Math.sin(time / 700_000.0 - 0.4);
            case "volatility_20" -> 0.002 + 0.0005 * Math.sin(time / 600_000.0);
            case "share" -> 0.33 + 0.06 * wave.noise(time / 600_000);
            case "errors" -> wave.noise(time / 60_000) > 0.7 ? 1.0 : 0.0;
            case "temperature" -> 15 + 6 * Math.sin(time / 400_000.0 + name.hashCode());
            case "x_min_1m" -> price * 0.99;
            case "x_max_1m" -> price * 1.01;
            default -> price;
        };
    }

    private static long step(String flux, Scope scope) {
        Matcher interval = INTERVAL.matcher(flux);
        if (flux.contains("aggregateWindow") || !interval.find()) {
            return Math.max(1_000, scope.interval().toMillis());
        }
        return candlestack.viewer.query.Interval.parse(interval.group(1)).toMillis();
    }

    private static List<Object> times(Scope scope, long step) {
        List<Object> times = new ArrayList<>();
        long to = scope.range().to().toEpochMilli();
        long from = scope.range().from().toEpochMilli();
        for (long time = from - from % step + step; time <= to && times.size() < MOST; time += step) {
            times.add(time);
        }
        return times;
    }

    private static String symbol(String flux) {
        Matcher matcher = SYMBOL.matcher(flux);
        return matcher.find() ? matcher.group(1) : "BTC-USD";
    }

    private static List<String> symbols() {
        List<String> symbols = new ArrayList<>(List.of("BTC-USD"));
        List.of("ENG", "FIN", "HLT", "IND", "MAT", "RTL", "TEC", "TEL", "TRN", "UTL")
                .forEach(sector -> IntStream.rangeClosed(1, 5).forEach(i -> symbols.add(sector + i)));
        return List.copyOf(symbols);
    }
}
