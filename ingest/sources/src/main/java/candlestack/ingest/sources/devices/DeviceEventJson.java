package candlestack.ingest.sources.devices;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The JSON of a device event. Its texts are our own and need no escapes. For one thread. */
final class DeviceEventJson {
    private static final String PUBLISHER = "device";
    private static final String MEASURE = "C";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final StringBuilder json = new StringBuilder(512);

    String write(String eventId, long offset, Report report, Instant time) {
        json.setLength(0);
        json.append("{\"eventId\":\"").append(eventId);
        json.append("\",\"eventOffset\":").append(offset);
        json.append(",\"eventPublisher\":\"").append(PUBLISHER);
        json.append("\",\"customerId\":");
        text(report.customer());
        json.append(",\"data\":{\"devices\":[");
        String separator = "";
        for (Report.Reading reading : report.readings()) {
            json.append(separator);
            reading(reading);
            separator = ",";
        }
        return json.append("]},\"eventTime\":\"")
                .append(TIME.format(time))
                .append("\"}")
                .toString();
    }

    private void reading(Report.Reading reading) {
        json.append("{\"deviceId\":");
        text(reading.device());
        json.append(",\"temperature\":")
                .append(reading.tenths() / 10)
                .append('.')
                .append(reading.tenths() % 10);
        json.append(",\"measure\":\"").append(MEASURE).append("\",\"status\":");
        text(reading.status());
        json.append('}');
    }

    private void text(Optional<String> value) {
        if (value.isPresent()) {
            json.append('"').append(value.get()).append('"');
        } else {
            json.append("null");
        }
    }
}
