package candlestack.ingest.feeds.mapping;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.TimeOrigin;
import candlestack.ingest.sources.time.TimeUnit;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Which part of an item becomes which part of an event. Immutable.
 *
 * @param items where the list of items is in a document; empty where the document is that list, or the only item
 * @param subject the series, or the symbol
 */
public record Mapping(
        Emit emit,
        JsonPointer items,
        Place subject,
        TimePlace time,
        TimeUnit timeUnit,
        Map<String, JsonPointer> values,
        Map<String, Place> tags,
        Optional<Place> id) {
    public Mapping {
        requireNonNull(emit, "emit is null");
        requireNonNull(items, "items is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(time, "time is null");
        requireNonNull(timeUnit, "timeUnit is null");
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        requireNonNull(id, "id is null");
    }

    /**
     * The items of a document, in its order; of one that has an object where the list is expected, that object.
     *
     * @throws MappingException if there is neither
     */
    public List<JsonNode> items(JsonNode document) throws MappingException {
        JsonNode found = document.at(items);
        if (found.isArray()) {
            return StreamSupport.stream(found.spliterator(), false).toList();
        }
        if (found.isObject()) {
            return List.of(found);
        }
        throw new MappingException(
                "no list and no object at " + (items.matches() ? "its root" : items.toString()) + " (items)");
    }

    /** @throws MappingException if the item lacks what it needs, or has something else there */
    public Draft draft(Item item) throws MappingException {
        String name = Values.text(item, subject)
                .orElseThrow(() -> new MappingException(
                        "no " + (emit == Emit.QUOTES ? "symbol" : "name of a series") + " at " + subject));
        Optional<String> ownId = id.isPresent() ? Values.text(item, id.get()) : Optional.empty();
        if (id.isPresent() && ownId.isEmpty()) {
            throw new MappingException("no id at " + id.get());
        }
        return new Draft(emit, name, time(item), origin(), texts(item), numbers(item.json()), ownId);
    }

    private Instant time(Item item) throws MappingException {
        if (time instanceof TimePlace.Pointer pointer) {
            return TimePlace.read(item.json(), pointer, timeUnit);
        }
        return time instanceof TimePlace.Observed ? item.observed() : item.stamped();
    }

    private TimeOrigin origin() {
        return time instanceof TimePlace.Observed ? TimeOrigin.OBSERVED : TimeOrigin.VENUE;
    }

    private Map<String, String> texts(Item item) throws MappingException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Place> tag : tags.entrySet()) {
            Values.text(item, tag.getValue()).ifPresent(text -> texts.put(tag.getKey(), text));
        }
        return texts;
    }

    /** Of several, some may be absent; a quote's price may not. */
    private Map<String, BigDecimal> numbers(JsonNode json) throws MappingException {
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonPointer> value : values.entrySet()) {
            Values.number(json, value.getValue()).ifPresent(number -> numbers.put(value.getKey(), number));
        }
        if (emit == Emit.QUOTES && !numbers.containsKey("price")) {
            throw new MappingException("no price at " + values.get("price"));
        }
        if (numbers.isEmpty()) {
            throw new MappingException("no number at any of " + values.values());
        }
        return numbers;
    }
}
