package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import yahoofinance.Stock;
import yahoofinance.quotes.stock.StockQuote;

/**
 * One symbol in an answer to a question for quotes: what the library reads of it, and the fields that it leaves out.
 *
 * @param snapshots from old to new; empty if there is no price, as for what was delisted
 * @param delay how far behind the exchange Yahoo is for this symbol
 * @param closed whether no trading goes on, of any kind
 */
record Listing(
        String symbol,
        List<Snapshot> snapshots,
        Optional<String> name,
        Optional<String> exchangeName,
        Optional<String> currency,
        Optional<String> type,
        Duration delay,
        boolean closed) {
    Listing {
        requireNonNull(symbol, "symbol is null");
        snapshots = List.copyOf(snapshots);
        requireNonNull(name, "name is null");
        requireNonNull(exchangeName, "exchangeName is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(type, "type is null");
        requireNonNull(delay, "delay is null");
    }

    static Listing of(Stock stock, JsonNode json) {
        String state = Json.text(json, "marketState").orElse("REGULAR");
        return new Listing(
                stock.getSymbol(),
                Stream.concat(regular(stock, json).stream(), extended(stock, json, state).stream())
                        .sorted((a, b) -> a.time().compareTo(b.time()))
                        .toList(),
                Json.text(json, "longName").or(() -> Json.text(json, "shortName")),
                Json.text(json, "fullExchangeName").or(() -> Json.text(json, "exchange")),
                Json.text(json, "currency"),
                Json.text(json, "quoteType"),
                Duration.ofMinutes(
                        Math.max(0, Json.whole(json, "exchangeDataDelayedBy").orElse(0))),
                state.equals("CLOSED"));
    }

    boolean countsUnits() {
        return Snapshot.countsUnits(type.orElse(""));
    }

    private static Optional<Snapshot> regular(Stock stock, JsonNode json) {
        StockQuote quote = stock.getQuote();
        if (quote.getPrice() == null || quote.getPrice().signum() <= 0 || quote.getLastTradeTime() == null) {
            return Optional.empty();
        }
        Instant time = quote.getLastTradeTime().toInstant();
        boolean units = Snapshot.countsUnits(Json.text(json, "quoteType").orElse(""));
        return time.getEpochSecond() <= 0
                ? Optional.empty()
                : Optional.of(new Snapshot(
                        stock.getSymbol(),
                        time,
                        quote.getPrice(),
                        units ? Json.whole(json, "regularMarketVolume") : OptionalLong.empty(),
                        positive(quote.getBid()),
                        positive(quote.getAsk()),
                        Json.text(json, "currency"),
                        Json.text(json, "exchange"),
                        Phase.REGULAR));
    }

    /** The price before or after hours, which the library does not read. Its volume is not told. */
    private static Optional<Snapshot> extended(Stock stock, JsonNode json, String state) {
        String prefix = state.startsWith("PRE") ? "preMarket" : "postMarket";
        if (!state.startsWith("PRE") && !state.startsWith("POST")) {
            return Optional.empty();
        }
        Optional<BigDecimal> price = Json.decimal(json, prefix + "Price").filter(value -> value.signum() > 0);
        OptionalLong time = Json.whole(json, prefix + "Time");
        if (price.isEmpty() || time.orElse(0) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Snapshot(
                stock.getSymbol(),
                Instant.ofEpochSecond(time.getAsLong()),
                price.get(),
                OptionalLong.empty(),
                positive(stock.getQuote().getBid()),
                positive(stock.getQuote().getAsk()),
                Json.text(json, "currency"),
                Json.text(json, "exchange"),
                prefix.startsWith("pre") ? Phase.PRE : Phase.POST));
    }

    /** Yahoo writes 0 where there is none. */
    private static Optional<BigDecimal> positive(BigDecimal value) {
        return Optional.ofNullable(value).filter(number -> number.signum() > 0);
    }
}
