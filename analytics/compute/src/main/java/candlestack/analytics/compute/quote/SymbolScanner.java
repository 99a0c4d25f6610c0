package candlestack.analytics.compute.quote;

import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import java.nio.charset.StandardCharsets;

/** Finds the symbol of a quote without reading the rest of it. Not safe for use by several threads. */
public final class SymbolScanner {
    /** What records without a symbol go by. */
    public static final String NONE = "";

    private static final byte[] SYMBOL = "symbol".getBytes(StandardCharsets.UTF_8);

    private final JsonScanner scanner = new JsonScanner();

    /** The first symbol in the record's value, which may still turn out to be no quote; {@link #NONE} without one. */
    public String find(byte[] value) {
        if (value == null) {
            return NONE;
        }
        try {
            scanner.open(value);
            while (scanner.nextField()) {
                if (scanner.nameIs(SYMBOL)) {
                    return scanner.readNull() ? NONE : scanner.text("symbol");
                }
                scanner.skip();
            }
        } catch (JsonException e) {
            // Whoever decodes the record says why it is none.
            return NONE;
        }
        return NONE;
    }
}
