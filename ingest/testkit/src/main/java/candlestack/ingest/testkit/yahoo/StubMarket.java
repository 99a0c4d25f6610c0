package candlestack.ingest.testkit.yahoo;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stub knows of instruments. Prices follow the clock along a wave, so that something moves; a test sets the
 * fields that it cares about. Safe to use from any thread.
 */
public final class StubMarket {
    private static final int UNITS_A_SECOND = 100;

    private final Clock clock;
    private final Map<String, Map<String, Object>> listed = new LinkedHashMap<>();
    private final Map<String, String> charts = new HashMap<>();

    StubMarket(Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Lists a share, whose price is about {@code price} US dollars. */
    public synchronized void share(String symbol, int price) {
        listed.put(symbol, details(symbol, price, "EQUITY", "NMS", "NasdaqGS"));
    }

    /** Lists a cryptocurrency. */
    public synchronized void coin(String symbol, int price) {
        listed.put(symbol, details(symbol, price, "CRYPTOCURRENCY", "CCC", "CCC"));
    }

    /** Fixes a field of the symbol's quote; null is written as null. */
    public synchronized void set(String symbol, String field, Object value) {
        listed.get(symbol).put(field, value);
    }

    /** Leaves out a field of the symbol's quote. */
    public synchronized void omit(String symbol, String field) {
        set(symbol, "-" + field, true);
    }

    /** Fixes price, time and volume of the symbol. */
    public synchronized void trade(String symbol, String price, Instant time, long dayVolume) {
        set(symbol, "regularMarketPrice", new BigDecimal(price));
        set(symbol, "regularMarketTime", time.getEpochSecond());
        set(symbol, "regularMarketVolume", dayVolume);
    }

    /** From now on Yahoo does not know the symbol. */
    public synchronized void delist(String symbol) {
        listed.remove(symbol);
    }

    /** The answer to each question for a chart of this interval, such as {@code 1m}. */
    public synchronized void chart(String symbol, String interval, String json) {
        charts.put(symbol + " " + interval, json);
    }

    /** The entry of an answer for quotes; empty if the symbol is not known. */
    synchronized Optional<Map<String, Object>> quote(String symbol) {
        Map<String, Object> known = listed.get(symbol);
        if (known == null) {
            return Optional.empty();
        }
        Map<String, Object> quote = new LinkedHashMap<>();
        quote.put("symbol", symbol);
        quote.put("regularMarketPrice", price(symbol, clock.instant()));
        quote.put("regularMarketTime", clock.instant().getEpochSecond());
        quote.put("regularMarketVolume", volume(clock.instant()));
        quote.put("marketState", "REGULAR");
        quote.put("exchangeDataDelayedBy", 0);
        quote.put("exchangeTimezoneName", "America/New_York");
        quote.putAll(known);
        List.copyOf(quote.keySet()).stream()
                .filter(field -> field.startsWith("-"))
                .forEach(field -> {
                    quote.remove(field);
                    quote.remove(field.substring(1));
                });
        return Optional.of(quote);
    }

    /** An answer for a chart; empty if the symbol is not known. */
    synchronized Optional<String> chart(String symbol, String interval, Instant from, Instant to) {
        String fixed = charts.get(symbol + " " + interval);
        if (fixed != null) {
            return Optional.of(fixed);
        }
        return Optional.ofNullable(listed.get(symbol)).map(known -> {
            long seconds = interval.equals("1m") ? 60 : 86_400;
            return StubJson.write(Map.of("chart", chart(symbol, known, seconds, from, to)));
        });
    }

    /** The frame that the streamer sends for the symbol now; empty if it is not known. */
    synchronized Optional<StubTick> tick(String symbol) {
        return quote(symbol)
                .map(quote -> new StubTick(
                        symbol,
                        ((Number) quote.get("regularMarketPrice")).floatValue(),
                        clock.millis(),
                        "USD",
                        (String) quote.get("exchange"),
                        quote.get("quoteType").equals("EQUITY") ? 8 : 41,
                        1,
                        ((Number) quote.get("regularMarketVolume")).longValue(),
                        2));
    }

    private static Map<String, Object> details(String symbol, int price, String type, String code, String exchange) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("longName", symbol + " as the stub has it");
        details.put("quoteType", type);
        details.put("currency", "USD");
        details.put("exchange", code);
        details.put("fullExchangeName", exchange);
        details.put("-base", price);
        return details;
    }

    private Map<String, Object> chart(
            String symbol, Map<String, Object> known, long seconds, Instant from, Instant to) {
        List<Long> times = new ArrayList<>();
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        List.of("open", "high", "low", "close", "volume").forEach(column -> columns.put(column, new ArrayList<>()));
        long first = (from.getEpochSecond() + seconds - 1) / seconds * seconds;
        for (long time = first; time < to.getEpochSecond(); time += seconds) {
            BigDecimal open = price(symbol, Instant.ofEpochSecond(time));
            BigDecimal close = price(symbol, Instant.ofEpochSecond(time + seconds - 1));
            times.add(time);
            columns.get("open").add(open);
            columns.get("high").add(open.max(close));
            columns.get("low").add(open.min(close));
            columns.get("close").add(close);
            columns.get("volume").add(seconds * UNITS_A_SECOND);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("meta", Map.of("symbol", symbol, "currency", "USD", "instrumentType", known.get("quoteType")));
        if (!times.isEmpty()) {
            result.put("timestamp", times);
        }
        Map<String, Object> indicators = new LinkedHashMap<>();
        indicators.put("quote", List.of(times.isEmpty() ? Map.of() : columns));
        if (seconds > 60) {
            indicators.put("adjclose", List.of(Map.of("adjclose", columns.get("close"))));
        }
        result.put("indicators", indicators);
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("result", List.of(result));
        chart.put("error", null);
        return chart;
    }

    private BigDecimal price(String symbol, Instant time) {
        double base = ((Number) listed.get(symbol).get("-base")).doubleValue();
        double wave = Math.sin(time.getEpochSecond() / 300.0) + Math.sin(time.getEpochSecond() / 47.0) / 3;
        return BigDecimal.valueOf(base * (1 + wave / 100)).setScale(2, RoundingMode.HALF_UP);
    }

    /** Counts from midnight. */
    private static long volume(Instant time) {
        return time.getEpochSecond() % 86_400 * UNITS_A_SECOND;
    }
}
