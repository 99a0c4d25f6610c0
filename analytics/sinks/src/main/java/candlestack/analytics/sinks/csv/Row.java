package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.event.DeviceReading;
import candlestack.analytics.sinks.event.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A line to be exported, and its number in a count.
 *
 * @param stamp when the broker had it
 * @param line with its end; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Row(Count count, long number, Instant stamp, byte[] line) {
    private static final String EVENT_ID = "event-id";
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,18})-(\\d{1,9})#(\\d{1,18})");

    Row {
        requireNonNull(count, "count is null");
        requireNonNull(stamp, "stamp is null");
        requireNonNull(line, "line is null");
    }

    static Row decode(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        Header id = record.headers().lastHeader(EVENT_ID);
        String text = id == null ? "" : new String(id.value(), StandardCharsets.UTF_8);
        Matcher matcher = NUMBERED.matcher(text);
        if (!matcher.matches()) {
            throw new MalformedRecordException(
                    "Invalid event-id: '" + text + "', expected <epoch>-<partition>#<number>, as analytics gives it");
        }
        return new Row(
                new Count(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))),
                Long.parseLong(matcher.group(3)),
                Instant.ofEpochMilli(record.timestamp()),
                CsvRow.of(DeviceReading.decode(record.value())));
    }
}
