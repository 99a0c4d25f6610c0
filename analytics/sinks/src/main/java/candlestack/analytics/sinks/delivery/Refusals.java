package candlestack.analytics.sinks.delivery;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of a batch that no store will ever take, each with the reason. For one thread. */
public final class Refusals {
    private final List<Refusal> refusals = new ArrayList<>();

    record Refusal(ConsumerRecord<byte[], byte[]> record, String reason) {
        Refusal {
            requireNonNull(record, "record is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** @param reason what is wrong with it, so that a person can act on it */
    public void add(ConsumerRecord<byte[], byte[]> record, String reason) {
        refusals.add(new Refusal(record, reason));
    }

    List<Refusal> all() {
        return List.copyOf(refusals);
    }
}
