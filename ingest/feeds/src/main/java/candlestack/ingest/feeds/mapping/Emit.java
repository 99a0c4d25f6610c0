package candlestack.ingest.feeds.mapping;

import candlestack.ingest.api.Event;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SeriesPoint;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What items become. */
public enum Emit {
    /** Points of a series, with any fields and tags. */
    SERIES {
        @Override
        Event event(String id, Draft draft) {
            Map<String, Double> fields = new LinkedHashMap<>();
            draft.numbers().forEach((name, number) -> fields.put(name, number.doubleValue()));
            return new SeriesPoint(id, draft.subject(), draft.time(), draft.origin(), draft.texts(), fields);
        }
    },
    /** Quotes of a symbol. */
    QUOTES {
        @Override
        Event event(String id, Draft draft) {
            Map<String, BigDecimal> numbers = draft.numbers();
            return new Quote(
                    id,
                    draft.subject(),
                    draft.time(),
                    draft.origin(),
                    numbers.get("price"),
                    Optional.ofNullable(numbers.get("size")),
                    Optional.ofNullable(numbers.get("bid")),
                    Optional.ofNullable(numbers.get("ask")),
                    Optional.ofNullable(draft.texts().get("currency")),
                    Optional.ofNullable(draft.texts().get("exchange")));
        }
    };

    abstract Event event(String id, Draft draft);
}
