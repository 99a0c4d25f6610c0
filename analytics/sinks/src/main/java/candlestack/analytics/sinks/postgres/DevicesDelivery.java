package candlestack.analytics.sinks.postgres;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Refused rows and the last state of each device: one transaction a batch. What is too old is removed beside it. */
public final class DevicesDelivery implements Delivery {
    private final PostgresSession session;
    private final Retention retention;

    private DevicesDelivery(PostgresSession session, Retention retention) {
        this.session = session;
        this.retention = retention;
    }

    /** Starts the thread that removes what is too old; {@link #close} stops it. */
    public static DevicesDelivery start(Settings settings, InstantSource clock) {
        Retention retention = new Retention(
                "devices-retention",
                settings,
                clock,
                List.of(
                        "delete from devices.errors where received < ?",
                        "delete from devices.latest where event_time < ?"));
        retention.start();
        return new DevicesDelivery(new PostgresSession(settings), retention);
    }

    @Override
    public String name() {
        return "postgres-devices";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.DEVICES_ERRORS, Topic.DEVICES_LATEST);
    }

    /** A commit waits for the disk, and of a device only the last state is written. */
    @Override
    public Duration gathering() {
        return Duration.ofMillis(250);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals) throws StoreException {
        DeviceRows rows = new DeviceRows();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                add(rows, record);
            } catch (MalformedRecordException e) {
                refusals.add(record, e.getMessage());
            }
        }
        if (rows.count() > 0) {
            session.transaction(rows::write);
        }
        return rows.count();
    }

    @Override
    public void close() {
        retention.close();
        session.close();
    }

    private static void add(DeviceRows rows, ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        switch (Topic.named(record.topic())) {
            case DEVICES_ERRORS -> rows.addError(record.value());
            case DEVICES_LATEST -> rows.addLatest(record.value());
            default -> throw new IllegalArgumentException("Unexpected topic '" + record.topic() + "'");
        }
    }
}
