package candlestack.analytics.sinks.csv;

import candlestack.analytics.sinks.event.DeviceReading;
import candlestack.analytics.sinks.event.MalformedRecordException;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** A reading as one line in the flat order. */
final class CsvRow {
    static final byte[] HEADER =
            "customerId,eventId,eventOffset,eventPublisher,eventTime,deviceId,measure,status,temperature\n"
                    .getBytes(StandardCharsets.UTF_8);

    private static final DateTimeFormatter MILLIS = format("SSS");
    private static final DateTimeFormatter NANOS = format("SSSSSSSSS");

    private CsvRow() {}

    /** With the line's end, and no other line break. */
    static byte[] of(DeviceReading reading) throws MalformedRecordException {
        StringWriter text = new StringWriter(160);
        CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .bufferSize(0)
                .build(text)
                .writeRecord(
                        reading.customer(),
                        reading.eventId(),
                        reading.offset().isPresent()
                                ? Long.toString(reading.offset().getAsLong())
                                : "",
                        reading.publisher().orElse(""),
                        time(reading),
                        reading.device(),
                        reading.measure().orElse(""),
                        reading.status(),
                        Double.toString(reading.temperature()));
        String line = text.toString();
        if (line.indexOf('\n') != line.length() - 1 || line.indexOf('\r') >= 0) {
            throw new MalformedRecordException("Invalid reading: a line break within a field");
        }
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static String time(DeviceReading reading) {
        boolean whole = reading.time().equals(reading.time().truncatedTo(ChronoUnit.MILLIS));
        return (whole ? MILLIS : NANOS).format(reading.time());
    }

    private static DateTimeFormatter format(String fraction) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss." + fraction + "X")
                .withZone(ZoneOffset.UTC);
    }
}
