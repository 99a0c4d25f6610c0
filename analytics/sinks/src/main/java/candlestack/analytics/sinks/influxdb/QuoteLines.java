package candlestack.analytics.sinks.influxdb;

import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Quotes in line protocol. For one thread. */
final class QuoteLines {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final byte[] NOBODY = "unknown".getBytes(StandardCharsets.UTF_8);
    /** Series are few and quotes many: what precedes the fields is escaped once. */
    private final Map<String, Map<String, String>> seriesBySource = new HashMap<>();

    private byte[] lastSource = NOBODY;
    private Map<String, String> lastSeries = new HashMap<>();

    QuoteLines() {
        seriesBySource.put("unknown", lastSeries);
    }

    void write(LineBuilder line, Quote quote, ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> known = series(record.headers().lastHeader("source"));
        String series = known.get(quote.symbol());
        if (series == null) {
            series = series(quote.symbol());
            known.put(quote.symbol(), series);
        }
        line.series(series)
                .field("price", quote.price())
                .field("size", quote.size())
                .field("bid", quote.bid())
                .field("ask", quote.ask())
                .end(timestamp(quote, record));
    }

    /**
     * The event's millisecond, and below it what tells two trades of one millisecond apart: the number in the event's
     * id, else the id's hash, else the record's offset.
     */
    static long timestamp(Quote quote, ConsumerRecord<byte[], byte[]> record) {
        long millisecond = quote.timeNanos() - Math.floorMod(quote.timeNanos(), NANOS_PER_MILLI);
        return millisecond + Math.floorMod(position(record), NANOS_PER_MILLI);
    }

    private static long position(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("event-id");
        if (header == null || header.value() == null || header.value().length == 0) {
            return record.offset();
        }
        EventId id = EventId.parse(header.value());
        return id.sequenced() ? id.number() : id.hash();
    }

    private Map<String, String> series(Header source) {
        byte[] name = source == null || source.value() == null || source.value().length == 0 ? NOBODY : source.value();
        if (!Arrays.equals(name, lastSource)) {
            lastSource = name;
            lastSeries = seriesBySource.computeIfAbsent(
                    new String(name, StandardCharsets.UTF_8), ignored -> new HashMap<>());
        }
        return lastSeries;
    }

    private String series(String symbol) {
        LineBuilder builder = new LineBuilder();
        builder.measurement("quote")
                .tag("source", new String(lastSource, StandardCharsets.UTF_8))
                .tag("symbol", symbol);
        return builder.take();
    }
}
