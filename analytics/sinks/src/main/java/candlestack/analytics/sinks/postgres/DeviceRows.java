package candlestack.analytics.sinks.postgres;

import candlestack.analytics.sinks.event.DeviceError;
import candlestack.analytics.sinks.event.DeviceReading;
import candlestack.analytics.sinks.event.MalformedRecordException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The device rows of one batch, the last version of each key. */
final class DeviceRows {
    private static final StagedTable ERRORS = StagedTable.upserting(
            "devices.errors",
            List.of("event_id", "item"),
            List.of(
                    "customer_id",
                    "event_offset",
                    "event_publisher",
                    "event_time",
                    "device_id",
                    "measure",
                    "status",
                    "temperature",
                    "reason",
                    "received"));
    private static final StagedTable LATEST = StagedTable.upserting(
            "devices.latest",
            List.of("device_id"),
            List.of(
                    "customer_id",
                    "event_id",
                    "event_offset",
                    "event_publisher",
                    "event_time",
                    "measure",
                    "status",
                    "temperature"));

    private final Map<DeviceError.Key, DeviceError> errors = new LinkedHashMap<>();
    private final Map<String, DeviceReading> latest = new LinkedHashMap<>();

    void addError(byte[] value) throws MalformedRecordException {
        DeviceError error = DeviceError.decode(value);
        // Two ids that become the same text are the same row.
        errors.put(
                new DeviceError.Key(storable(error.key().eventId()), error.key().item()), error);
    }

    /** A device's removal from the compacted topic leaves its row to the retention. */
    void addLatest(byte[] value) throws MalformedRecordException {
        if (value != null) {
            DeviceReading reading = DeviceReading.decode(value);
            latest.put(reading.device(), reading);
        }
    }

    int count() {
        return errors.size() + latest.size();
    }

    void write(Connection connection) throws SQLException {
        ERRORS.merge(connection, errorRows());
        LATEST.merge(connection, latestRows());
    }

    private CopyText errorRows() {
        CopyText rows = new CopyText();
        for (Map.Entry<DeviceError.Key, DeviceError> entry : errors.entrySet()) {
            DeviceError error = entry.getValue();
            rows.text(entry.getKey().eventId()).number(entry.getKey().item());
            rows.text(storable(error.customer())).number(error.offset());
            rows.text(storable(error.publisher())).time(error.time());
            rows.text(storable(error.device())).text(storable(error.measure()));
            rows.text(storable(error.status())).number(error.temperature());
            rows.text(storable(error.reason())).time(error.received()).endRow();
        }
        return rows;
    }

    private CopyText latestRows() {
        CopyText rows = new CopyText();
        for (DeviceReading reading : latest.values()) {
            rows.text(reading.device()).text(reading.customer()).text(reading.eventId());
            rows.number(reading.offset()).text(reading.publisher()).time(reading.time());
            rows.text(reading.measure()).text(reading.status());
            rows.number(reading.temperature()).endRow();
        }
        return rows;
    }

    private static Optional<String> storable(Optional<String> text) {
        return text.map(DeviceRows::storable);
    }

    /** PostgreSQL's texts hold every character but one, and what was refused must not be refused again. */
    private static String storable(String text) {
        return text.replace("\0", "\\0");
    }
}
