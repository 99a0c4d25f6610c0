package candlestack.analytics.sinks.postgres;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.DeadLetter;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Bars from one minute up, signals, instruments and dead letters: one transaction a batch. */
public final class PostgresDelivery implements Delivery {
    private final PostgresSession session;
    private final KnownSymbols knownSymbols = new KnownSymbols();

    public PostgresDelivery(Settings settings) {
        this.session = new PostgresSession(settings);
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.MARKET_BARS, Topic.MARKET_SIGNALS, Topic.MARKET_INSTRUMENTS, Topic.DEAD_LETTERS);
    }

    /** A commit waits for the disk, and of a bar that is forming only the last version is written. */
    @Override
    public Duration gathering() {
        return Duration.ofMillis(250);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals) throws StoreException {
        MarketRows rows = new MarketRows(knownSymbols);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                add(rows, record);
            } catch (MalformedRecordException e) {
                refusals.add(record, e.getMessage());
            }
        }
        if (rows.count() > 0) {
            session.transaction(rows::write);
            rows.written();
        }
        return rows.count();
    }

    @Override
    public void close() {
        session.close();
    }

    private static void add(MarketRows rows, ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        switch (Topic.named(record.topic())) {
            case MARKET_BARS -> rows.addBar(record.value());
            case MARKET_SIGNALS -> rows.addSignal(record.value());
            case MARKET_INSTRUMENTS -> rows.addInstrument(record.value());
            case DEAD_LETTERS -> rows.add(DeadLetter.decode(record));
            default -> throw new IllegalArgumentException("Unexpected topic '" + record.topic() + "'");
        }
    }
}
