package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import yahoofinance.Stock;

class QuoteRequestTest {
    private static final long TIME = 1_763_650_800;

    @Test
    void readsAQuoteThroughTheLibrary() {
        String entry = """
                {"symbol":"AAPL","longName":"Apple Inc.","shortName":"Apple","currency":"USD","quoteType":"EQUITY",
                 "exchange":"NMS","fullExchangeName":"NasdaqGS","marketState":"REGULAR","exchangeDataDelayedBy":0,
                 "regularMarketPrice":272.41,"regularMarketTime":1763650800,"regularMarketVolume":51234567,
                 "bid":272.40,"ask":272.45,"bidSize":1,"askSize":2}""";

        assertThat(request(entry).getResult()).extracting(Stock::getSymbol).containsExactly("AAPL");
        assertThat(listing(entry))
                .isEqualTo(new Listing(
                        "AAPL",
                        List.of(new Snapshot(
                                "AAPL",
                                Instant.ofEpochSecond(TIME),
                                new BigDecimal("272.41"),
                                OptionalLong.of(51_234_567),
                                Optional.of(new BigDecimal("272.40")),
                                Optional.of(new BigDecimal("272.45")),
                                Optional.of("USD"),
                                Optional.of("NMS"),
                                Phase.REGULAR)),
                        Optional.of("Apple Inc."),
                        Optional.of("NasdaqGS"),
                        Optional.of("USD"),
                        Optional.of("EQUITY"),
                        Duration.ZERO,
                        false));
    }

    @Test
    void takesAWholeNumberForAPrice() {
        assertThat(price("{\"symbol\":\"A\",\"regularMarketPrice\":272,\"regularMarketTime\":1763650800}"))
                .contains(new BigDecimal("272"));
    }

    @Test
    void keepsEveryDigitOfAPrice() {
        assertThat(price(
                        "{\"symbol\":\"A\",\"regularMarketPrice\":0.000012345678901,\"regularMarketTime\":1763650800}"))
                .hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("0.000012345678901"));
    }

    @Test
    void hasNoPriceWhereAFieldIsMissingNullOrZero() {
        assertThat(price("{\"symbol\":\"A\",\"regularMarketTime\":1763650800}")).isEmpty();
        assertThat(price("{\"symbol\":\"A\",\"regularMarketPrice\":null,\"regularMarketTime\":1763650800}"))
                .isEmpty();
        assertThat(price("{\"symbol\":\"A\",\"regularMarketPrice\":0,\"regularMarketTime\":1763650800}"))
                .isEmpty();
        assertThat(price("{\"symbol\":\"A\",\"regularMarketPrice\":1}")).isEmpty();
        assertThat(price("{\"symbol\":\"A\",\"regularMarketPrice\":1,\"regularMarketTime\":null}"))
                .isEmpty();
    }

    @Test
    void leavesOutBidAndAskOfZero() {
        Snapshot snapshot = listing(
                        "{\"symbol\":\"A\",\"regularMarketPrice\":1,\"regularMarketTime\":1763650800,\"bid\":0,\"ask\":0.0}")
                .snapshots()
                .get(0);

        assertThat(snapshot.bid()).isEmpty();
        assertThat(snapshot.ask()).isEmpty();
    }

    @Test
    void addsThePriceBeforeHours() {
        Listing listing = listing("""
                {"symbol":"AAPL","exchange":"NMS","marketState":"PRE","regularMarketPrice":272.41,
                 "regularMarketTime":1763650800,"preMarketPrice":273.5,"preMarketTime":1763710000}""");

        assertThat(listing.snapshots()).extracting(Snapshot::phase).containsExactly(Phase.REGULAR, Phase.PRE);
        assertThat(listing.snapshots().get(1).price()).isEqualByComparingTo("273.5");
        assertThat(listing.snapshots().get(1).dayVolume()).isEmpty();
    }

    @Test
    void addsThePriceAfterHours() {
        Listing listing = listing("""
                {"symbol":"AAPL","exchange":"NMS","marketState":"POSTPOST","regularMarketPrice":272.41,
                 "regularMarketTime":1763650800,"postMarketPrice":271,"postMarketTime":1763660000}""");

        assertThat(listing.snapshots()).extracting(Snapshot::phase).containsExactly(Phase.REGULAR, Phase.POST);
    }

    @Test
    void knowsADelayedExchangeAndAClosedMarket() {
        Listing listing = listing("{\"symbol\":\"A\",\"exchangeDataDelayedBy\":15,\"marketState\":\"CLOSED\"}");

        assertThat(listing.delay()).isEqualTo(Duration.ofMinutes(15));
        assertThat(listing.closed()).isTrue();
    }

    @Test
    void takesNoVolumeFromACryptocurrency() {
        Listing listing = listing("""
                {"symbol":"BTC-USD","quoteType":"CRYPTOCURRENCY","regularMarketPrice":94745.08,
                 "regularMarketTime":1763650800,"regularMarketVolume":59712028672}""");

        assertThat(listing.snapshots().get(0).dayVolume()).isEmpty();
    }

    @Test
    void passesOverEntriesThatAreNone() {
        assertThat(request("null,17,{},{\"symbol\":\"A\"}").listings())
                .extracting(Listing::symbol)
                .containsExactly("A");
    }

    @Test
    void knowsAnAnswerFromSomethingElse() {
        assertThat(QuoteRequest.isAnswer(Json.parse("{\"quoteResponse\":{\"result\":[],\"error\":null}}")
                        .orElseThrow()))
                .isTrue();
        assertThat(QuoteRequest.isAnswer(
                        Json.parse("{\"quoteResponse\":{\"result\":null}}").orElseThrow()))
                .isFalse();
        assertThat(QuoteRequest.isAnswer(Json.parse("{\"chart\":{}}").orElseThrow()))
                .isFalse();
    }

    private static Optional<BigDecimal> price(String entry) {
        return listing(entry).snapshots().stream().findFirst().map(Snapshot::price);
    }

    private static Listing listing(String entry) {
        return request(entry).listings().get(0);
    }

    private static QuoteRequest request(String entries) {
        String answer = "{\"quoteResponse\":{\"result\":[" + entries + "],\"error\":null}}";
        return new QuoteRequest(List.of("any"), Json.parse(answer).orElseThrow());
    }
}
