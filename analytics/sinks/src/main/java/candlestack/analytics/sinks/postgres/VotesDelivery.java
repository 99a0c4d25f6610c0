package candlestack.analytics.sinks.postgres;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Candidates, the register, the votes that count and what they add up to: one transaction a batch, so that a reader
 * never sees a sum that is not that of the votes.
 */
public final class VotesDelivery implements Delivery {
    private final PostgresSession session;
    private final VotersRetention retention;

    public VotesDelivery(Settings settings) {
        this.session = new PostgresSession(settings);
        this.retention = new VotersRetention(settings.get(Keys.RETENTION), System::nanoTime);
    }

    @Override
    public String name() {
        return "postgres-votes";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.VOTES_CANDIDATES, Topic.VOTES_VOTERS, Topic.VOTES_COUNTED);
    }

    /** A commit waits for the disk. */
    @Override
    public Duration gathering() {
        return Duration.ofMillis(250);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals) throws StoreException {
        VotesRows rows = new VotesRows();
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
        if (retention.isDue()) {
            session.transaction(retention::clear);
            retention.cleared();
        }
        return rows.count();
    }

    private static void add(VotesRows rows, ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        switch (Topic.named(record.topic())) {
            case VOTES_CANDIDATES -> rows.addCandidate(record);
            case VOTES_VOTERS -> rows.addVoter(record);
            case VOTES_COUNTED -> rows.addVote(record);
            default -> throw new IllegalArgumentException("Unexpected topic '" + record.topic() + "'");
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
