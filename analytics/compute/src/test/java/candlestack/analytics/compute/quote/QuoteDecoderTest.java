package candlestack.analytics.compute.quote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteDecoderTest {
    private final QuoteDecoder decoder = new QuoteDecoder();

    @Test
    void readsEveryField() {
        Decoded decoded = decode("""
                {"symbol":"BTC-USD","time":"2026-01-31T09:30:00.123456789Z","price":97.51,"size":0.25,"bid":97.5,
                 "ask":97.52,"currency":"USD","exchange":"bitstamp","source":"btc"}""");

        assertThat(decoded).isEqualTo(new Quote("BTC-USD", 1_769_851_800_123_456_789L, 97.51, 0.25, 97.5, 97.52));
    }

    @Test
    void whatIsOptionalMayBeAbsentOrNull() {
        Quote bare = new Quote("A", 0, 1, Double.NaN, Double.NaN, Double.NaN);

        assertThat(decode("{\"symbol\":\"A\",\"time\":\"1970-01-01T00:00:00.000Z\",\"price\":1}"))
                .isEqualTo(bare);
        assertThat(decode("{\"symbol\":\"A\",\"time\":\"1970-01-01T00:00:00.000Z\",\"price\":1,\"size\":null,"
                        + "\"bid\":null,\"ask\":null,\"currency\":null,\"exchange\":null,\"source\":null}"))
                .isEqualTo(bare);
    }

    @Test
    void passesOverFieldsItDoesNotKnowHoweverTheyAreMade() {
        assertThat(decode("""
                        { "x" : [ 1, -2.5e+3, "\\u00e9\\n", {"y":[]}, {}, true, false, null ], "symbol" : "A\\u0042",
                        "time":"1970-01-01T00:00:00Z" , "price" : 1e0 }
                        """)).isEqualTo(new Quote("AB", 0, 1, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void readsSymbolsOfAnyScript() {
        assertThat(decode("{\"symbol\":\"ÄÖ-株\",\"time\":\"1970-01-01T00:00:00Z\",\"price\":1}"))
                .isEqualTo(new Quote("ÄÖ-株", 0, 1, Double.NaN, Double.NaN, Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hello                       | Cannot read JSON: expected '{' at byte 0
            []                          | Cannot read JSON: expected '{' at byte 0
            {                           | Cannot read JSON: expected a field name at byte 1
            {"symbol":"A"               | Cannot read JSON: expected ',' at byte 13
            {"symbol":"A",}             | Cannot read JSON: expected a field name at byte 14
            {"symbol":"A}               | Cannot read JSON: a string without an end at byte 13
            {"symbol" "A"}              | Cannot read JSON: expected ':' at byte 10
            {symbol:"A"}                | Cannot read JSON: expected a field name at byte 1
            {"symbol":"A"} {            | Cannot read JSON: something after the end of the object at byte 15
            {"x":01}                    | Cannot read JSON: a number with a leading zero at byte 7
            {"x":1.}                    | Cannot read JSON: expected a digit at byte 7
            {"x":tru}                   | Cannot read JSON: expected a value at byte 8
            {"x":"\\q"}                 | Cannot read JSON: an unknown escape at byte 7
            {"x":"\\u12g4"}             | Cannot read JSON: an unknown escape at byte 7
            {"x":[1 2]}                 | Cannot read JSON: expected ',' at byte 8
            """)
    void saysWhereTheJsonBreaks(String json, String reason) {
        assertThat(decode(json.replace("\\\\", "\\"))).isEqualTo(new Malformed(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "time":"T","price":1                   | Missing symbol: a quote names its instrument
            "symbol":null,"time":"T","price":1     | Missing symbol: a quote names its instrument
            "symbol":"","time":"T","price":1       | Invalid symbol: '', expected 1 to 128 printable characters
            "symbol":"  ","time":"T","price":1     | Invalid symbol: '  ', expected 1 to 128 printable characters
            "symbol":7,"time":"T","price":1        | Invalid symbol: 7, expected a string
            "symbol":"A","price":1                 | Missing time: a quote carries the time of its event
            "symbol":"A","time":null,"price":1     | Missing time: a quote carries the time of its event
            "symbol":"A","time":1769851800,"price":1 | Invalid time: 1769851800, expected a string
            "symbol":"A","time":"now","price":1    | Invalid time: 'now', expected ISO-8601 in UTC such as 2026-01-31T09:30:00.000Z
            "symbol":"A","time":"T"                | Missing price: a quote without a price says nothing
            "symbol":"A","time":"T","price":null   | Missing price: a quote without a price says nothing
            "symbol":"A","time":"T","price":"1.5"  | Invalid price: "1.5", expected a number
            "symbol":"A","time":"T","price":NaN    | Invalid price: NaN, expected a number
            "symbol":"A","time":"T","price":Infinity | Invalid price: Infinity, expected a number
            "symbol":"A","time":"T","price":true   | Invalid price: true, expected a number
            "symbol":"A","time":"T","price":1e999  | Invalid price: 1e999, too large for a number
            "symbol":"A","time":"T","price":1e30   | Invalid price: 1.0E30, expected 1.0E-18 to 1.0E18
            "symbol":"A","time":"T","price":1e-30  | Invalid price: 1.0E-30, expected 1.0E-18 to 1.0E18
            "symbol":"A","time":"T","price":0      | Invalid price: 0.0, expected a number above 0; what trades below zero is a series, not a quote
            "symbol":"A","time":"T","price":-37.63 | Invalid price: -37.63, expected a number above 0; what trades below zero is a series, not a quote
            "symbol":"A","time":"T","price":1,"size":-1 | Invalid size: -1.0, expected 0 to 1.0E18
            "symbol":"A","time":"T","price":1,"size":"2" | Invalid size: "2", expected a number
            "symbol":"A","time":"T","price":1,"bid":"x"  | Invalid bid: "x", expected a number
            "symbol":"A","time":"T","price":1,"ask":[1]  | Invalid ask: [1], expected a number
            "symbol":"A","time":"T","price":1,"source":5 | Invalid source: 5, expected a string
            """)
    void saysWhichFieldIsWrongAndWhatIsExpected(String fields, String reason) {
        assertThat(decode("{" + fields.replace("\"T\"", "\"2026-01-31T09:30:00.000Z\"") + "}"))
                .isEqualTo(new Malformed(reason));
    }

    @Test
    void saysThatTheRecordIsEmpty() {
        Malformed empty = new Malformed("Cannot read the quote: the record is empty");

        assertThat(decoder.decode(null)).isEqualTo(empty);
        assertThat(decoder.decode(new byte[0])).isEqualTo(empty);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] latin = "{\"symbol\":\"\u00c4\",\"time\":\"1970-01-01T00:00:00Z\",\"price\":1}".getBytes(ISO_8859_1);

        assertThat(decoder.decode(latin))
                .isEqualTo(new Malformed("Cannot read JSON: the text at byte 11 is not UTF-8"));
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        String json = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(decode(json)).isEqualTo(new Malformed("Cannot read JSON: nested deeper than 64 levels at byte 70"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"price", "time", "size"})
    void everyPrefixOfAQuoteIsAnAnswerNotACrash(String last) {
        byte[] json = ("{\"symbol\":\"A\\u0042\",\"time\":\"2026-01-31T09:30:00.000Z\",\"price\":1.5e0,\"size\":2,\""
                        + last + "\":null}")
                .getBytes(UTF_8);
        for (int length = 0; length < json.length; length++) {
            byte[] prefix = new byte[length];
            System.arraycopy(json, 0, prefix, 0, length);
            assertThat(decoder.decode(prefix)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void theScannerFindsTheSymbolThatTheDecoderReads() {
        SymbolScanner scanner = new SymbolScanner();

        assertThat(scanner.find("{\"x\":[1],\"symbol\":\"A\\u0042\",\"time\":7".getBytes(UTF_8)))
                .isEqualTo("AB");
        assertThat(scanner.find("{\"x\":1}".getBytes(UTF_8))).isEqualTo(SymbolScanner.NONE);
        assertThat(scanner.find("{\"symbol\":null}".getBytes(UTF_8))).isEqualTo(SymbolScanner.NONE);
        assertThat(scanner.find("no JSON".getBytes(UTF_8))).isEqualTo(SymbolScanner.NONE);
        assertThat(scanner.find(null)).isEqualTo(SymbolScanner.NONE);
    }

    private Decoded decode(String json) {
        return decoder.decode(json.getBytes(UTF_8));
    }
}
