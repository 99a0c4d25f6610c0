package candlestack.analytics.sinks.postgres;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.analytics.sinks.event.Voter;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Candidates, the register, the votes that count and what they add up to: one transaction a batch, so that a reader
 * never sees a sum that is not that of the votes. Personal data that is too old is cleared beside it.
 */
public final class VotesDelivery implements Delivery {
    /** The voter itself stays, for the register of its region counts it. */
    private static final String CLEAR = "update votes.voters set cleared_at = now(), date_of_birth = null,"
            + " registered_age = null, "
            + Voter.PERSONAL.stream().map(column -> column + " = null").collect(Collectors.joining(", "))
            + " where cleared_at is null and registered_at < ?";

    private final PostgresSession session;
    private final Retention retention;

    private VotesDelivery(PostgresSession session, Retention retention) {
        this.session = session;
        this.retention = retention;
    }

    /** Starts the thread that clears what is too old, whether records come or not; {@link #close} stops it. */
    public static VotesDelivery start(Settings settings, InstantSource clock) {
        Retention retention = new Retention("voters-retention", settings, clock, List.of(CLEAR));
        retention.start();
        return new VotesDelivery(new PostgresSession(settings), retention);
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
        retention.close();
        session.close();
    }
}
