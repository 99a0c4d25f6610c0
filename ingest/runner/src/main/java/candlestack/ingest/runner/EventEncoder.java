package candlestack.ingest.runner;

import candlestack.config.Topic;
import candlestack.ingest.api.Document;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Instrument;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SeriesPoint;
import candlestack.ingest.api.TimeOrigin;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Turns the events of one source into records, as the product's contract says. One thread's. */
final class EventEncoder {
    /** Far below {@link Topic#LARGEST_RECORD}: what analytics makes of a record may be larger than it. */
    static final int MOST_BYTES = 900_000;

    /** In characters; beside the value each record has its id and its key. */
    static final int LONGEST_ID = 1000;

    private static final int MOST_KEY_BYTES = 64 << 10;

    private static final int MOST_DIGITS = 40;

    private final JsonBuffer json = new JsonBuffer();
    private final Times times = new Times();
    private final SeriesLimit series;
    private final String source;
    private final byte[] sourceBytes;

    EventEncoder(String source, SeriesLimit series) {
        this.source = source;
        this.sourceBytes = source.getBytes(StandardCharsets.UTF_8);
        this.series = series;
    }

    /** @throws UnpublishableException if it has no place in its topic */
    Message encode(Event event) throws UnpublishableException {
        if (event.key().isBlank()) {
            throw new UnpublishableException("the key is blank");
        }
        if (event.id().length() > LONGEST_ID) {
            throw new UnpublishableException(
                    event.id().length() + " characters are more than the " + LONGEST_ID + " of an id");
        }
        Message message = message(event);
        return event.origin() == TimeOrigin.OBSERVED ? message.observed() : message;
    }

    private Message message(Event event) throws UnpublishableException {
        if (event instanceof Quote quote) {
            return message(Topic.MARKET_QUOTES.topicName(), event, quote(quote));
        }
        if (event instanceof SeriesPoint point) {
            return message(Topic.SERIES_POINTS.topicName(), event, point(point));
        }
        if (event instanceof Instrument instrument) {
            return message(Topic.MARKET_INSTRUMENTS.topicName(), event, instrument(instrument));
        }
        Document document = (Document) event;
        return message(document.stream().topicName(), event, Documents.checked(document));
    }

    private Message message(String topic, Event event, byte[] value) throws UnpublishableException {
        if (value.length > MOST_BYTES) {
            throw new UnpublishableException(value.length + " bytes are more than the " + MOST_BYTES + " of a record");
        }
        Message message = new Message(topic, event.key(), value, sourceBytes, event.id());
        int keyBytes = message.record().key().length;
        if (keyBytes > MOST_KEY_BYTES) {
            throw new UnpublishableException(keyBytes + " bytes are more than the " + MOST_KEY_BYTES + " of a key");
        }
        return message;
    }

    private byte[] quote(Quote quote) throws UnpublishableException {
        String time = times.written(quote.time());
        check("price", Optional.of(quote.price()));
        check("size", quote.size());
        check("bid", quote.bid());
        check("ask", quote.ask());
        return json.object(out -> {
            out.writeStringField("symbol", quote.symbol());
            out.writeStringField("time", time);
            out.writeNumberField("price", quote.price());
            write(out, "size", quote.size());
            write(out, "bid", quote.bid());
            write(out, "ask", quote.ask());
            writeText(out, "currency", quote.currency());
            writeText(out, "exchange", quote.exchange());
            out.writeStringField("source", source);
        });
    }

    private byte[] point(SeriesPoint point) throws UnpublishableException {
        String time = times.written(point.time());
        if (point.fields().isEmpty()) {
            throw new UnpublishableException("no field");
        }
        for (Map.Entry<String, Double> field : point.fields().entrySet()) {
            if (!Double.isFinite(field.getValue())) {
                throw new UnpublishableException("field " + field.getKey() + " is " + field.getValue());
            }
        }
        series.check(point);
        return json.object(out -> {
            out.writeStringField("series", point.series());
            out.writeStringField("time", time);
            out.writeObjectFieldStart("tags");
            for (Map.Entry<String, String> tag : point.tags().entrySet()) {
                out.writeStringField(tag.getKey(), tag.getValue());
            }
            out.writeEndObject();
            out.writeObjectFieldStart("fields");
            for (Map.Entry<String, Double> field : point.fields().entrySet()) {
                out.writeNumberField(field.getKey(), field.getValue());
            }
            out.writeEndObject();
            out.writeStringField("source", source);
        });
    }

    private byte[] instrument(Instrument instrument) {
        return json.object(out -> {
            out.writeStringField("symbol", instrument.symbol());
            writeText(out, "name", instrument.name());
            writeText(out, "exchange", instrument.exchange());
            writeText(out, "currency", instrument.currency());
            writeText(out, "type", instrument.type());
            writeText(out, "sector", instrument.sector());
            out.writeStringField("source", source);
        });
    }

    /** Written out, 1E+999999999 would be a gigabyte. */
    private static void check(String name, Optional<BigDecimal> number) throws UnpublishableException {
        if (number.isPresent()
                && (Math.abs((long) number.get().scale()) > MOST_DIGITS
                        || number.get().precision() > MOST_DIGITS)) {
            throw new UnpublishableException(name + " has more than " + MOST_DIGITS + " digits");
        }
    }

    private static void write(JsonGenerator out, String name, Optional<BigDecimal> number) throws IOException {
        if (number.isPresent()) {
            out.writeNumberField(name, number.get());
        }
    }

    private static void writeText(JsonGenerator out, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            out.writeStringField(name, text.get());
        }
    }
}
