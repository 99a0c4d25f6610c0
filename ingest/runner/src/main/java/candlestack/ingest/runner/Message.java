package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A record on its way to Kafka. The arrays belong to it. */
final class Message {
    static final String SOURCE_HEADER = "source";
    static final String EVENT_ID_HEADER = "event-id";
    static final String TIME_ORIGIN_HEADER = "time-origin";

    private static final byte[] OBSERVED = "observed".getBytes(StandardCharsets.US_ASCII);

    private final ProducerRecord<byte[], byte[]> record;

    Message(String topic, String key, byte[] value, byte[] source, String eventId) {
        requireNonNull(value, "value is null");
        RecordHeaders headers = new RecordHeaders();
        headers.add(new RecordHeader(SOURCE_HEADER, source));
        headers.add(new RecordHeader(EVENT_ID_HEADER, eventId.getBytes(StandardCharsets.UTF_8)));
        this.record = new ProducerRecord<>(topic, null, null, key.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    /** Says that the time is not the venue's. */
    Message observed() {
        record.headers().add(new RecordHeader(TIME_ORIGIN_HEADER, OBSERVED));
        return this;
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    /** About what it takes in the producer's buffer. */
    int bytes() {
        return record.value().length + record.key().length + 64;
    }
}
