package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import yahoofinance.Stock;
import yahoofinance.quotes.query1v7.StockQuotesQuery1V7Request;

/**
 * The library's own request for quotes, fed with an answer that we fetched: its HTTP is refused by Yahoo today, its
 * reading of the answer is as good as ever.
 */
final class QuoteRequest extends StockQuotesQuery1V7Request {
    private final JsonNode answer;

    /** @param answer has {@code quoteResponse.result} */
    QuoteRequest(List<String> symbols, JsonNode answer) {
        super(String.join(",", symbols));
        this.answer = requireNonNull(answer, "answer is null");
    }

    /** Whether this is an answer to a question for quotes at all. */
    static boolean isAnswer(JsonNode json) {
        return json.path("quoteResponse").path("result").isArray();
    }

    @Override
    public List<Stock> getResult() {
        return listed().stream().map(this::parseJson).toList();
    }

    /** What {@link #getResult()} gives, with the fields that it does not have. */
    List<Listing> listings() {
        return listed().stream().map(json -> Listing.of(parseJson(json), json)).toList();
    }

    private List<JsonNode> listed() {
        List<JsonNode> listed = new ArrayList<>();
        for (JsonNode entry : answer.path("quoteResponse").path("result")) {
            if (Json.text(entry, "symbol").isPresent()) {
                listed.add(entry);
            }
        }
        return listed;
    }
}
