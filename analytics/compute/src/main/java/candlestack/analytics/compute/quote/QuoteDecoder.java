package candlestack.analytics.compute.quote;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.Texts;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Reads the JSON of {@code market.quotes}. Strict in what it knows, indifferent to fields it does not know. Not safe
 * for use by several threads.
 *
 * <p>A price of zero or below is refused. It is nearly always a feed's way of saying "none", and returns, VWAP and the
 * bands mean nothing on it; what really trades below zero, a spread or power, is a series, not a quote.
 */
public final class QuoteDecoder {
    /** Within these no sum, square or quotient of the analytics can overflow. */
    private static final double LEAST_PRICE = 1e-18;

    private static final double MOST = 1e18;
    private static final byte[] SYMBOL = name("symbol");
    private static final byte[] TIME = name("time");
    private static final byte[] PRICE = name("price");
    private static final byte[] SIZE = name("size");
    private static final byte[] BID = name("bid");
    private static final byte[] ASK = name("ask");
    private static final byte[] SOURCE = name("source");
    private static final byte[] CURRENCY = name("currency");
    private static final byte[] EXCHANGE = name("exchange");

    private final JsonScanner scanner = new JsonScanner();
    private String symbol;
    private String time;
    private double price;
    private double size;
    private double bid;
    private double ask;

    /** @param value the record's value; null is a record without one */
    public Decoded decode(byte[] value) {
        if (value == null || value.length == 0) {
            return new Malformed("Cannot read the quote: the record is empty");
        }
        try {
            read(value);
            return quote();
        } catch (JsonException e) {
            return new Malformed(e.getMessage());
        }
    }

    private void read(byte[] value) {
        symbol = null;
        time = null;
        price = Double.NaN;
        size = Double.NaN;
        bid = Double.NaN;
        ask = Double.NaN;
        scanner.open(value);
        while (scanner.nextField()) {
            readField();
        }
    }

    /** A null is a field that is not there. Of a field that comes twice the last one counts, as in most parsers. */
    private void readField() {
        if (scanner.nameIs(SYMBOL)) {
            symbol = optionalText("symbol");
        } else if (scanner.nameIs(TIME)) {
            time = optionalText("time");
        } else if (scanner.nameIs(PRICE)) {
            price = optionalNumber("price");
        } else if (scanner.nameIs(SIZE)) {
            size = optionalNumber("size");
        } else if (scanner.nameIs(BID)) {
            bid = optionalNumber("bid");
        } else if (scanner.nameIs(ASK)) {
            ask = optionalNumber("ask");
        } else if (scanner.nameIs(SOURCE)) {
            optionalText("source");
        } else if (scanner.nameIs(CURRENCY)) {
            optionalText("currency");
        } else if (scanner.nameIs(EXCHANGE)) {
            optionalText("exchange");
        } else {
            scanner.skip();
        }
    }

    private String optionalText(String field) {
        return scanner.readNull() ? null : scanner.text(field);
    }

    private double optionalNumber(String field) {
        return scanner.readNull() ? Double.NaN : scanner.number(field);
    }

    private Decoded quote() {
        if (symbol == null) {
            return new Malformed("Missing symbol: a quote names its instrument");
        }
        if (symbol.isBlank() || !Texts.isShortAndPrintable(symbol)) {
            return new Malformed(Texts.invalidName("symbol", symbol));
        }
        if (time == null) {
            return new Malformed("Missing time: a quote carries the time of its event");
        }
        OptionalLong nanos = IsoTime.parse(time);
        if (nanos.isEmpty()) {
            return new Malformed("Invalid time: '" + Texts.shortened(time)
                    + "', expected ISO-8601 in UTC such as 2026-01-31T09:30:00.000Z");
        }
        if (Double.isNaN(price)) {
            return new Malformed("Missing price: a quote without a price says nothing");
        }
        if (price <= 0) {
            return new Malformed("Invalid price: " + price
                    + ", expected a number above 0; what trades below zero is a series, not a quote");
        }
        if (price < LEAST_PRICE || price > MOST) {
            return new Malformed("Invalid price: " + price + ", expected " + LEAST_PRICE + " to " + MOST);
        }
        if (size < 0 || size > MOST) {
            return new Malformed("Invalid size: " + size + ", expected 0 to " + MOST);
        }
        return new Quote(symbol, nanos.getAsLong(), price, size, bid, ask);
    }

    private static byte[] name(String field) {
        return field.getBytes(StandardCharsets.UTF_8);
    }
}
