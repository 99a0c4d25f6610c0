package candlestack.analytics.job;

import candlestack.analytics.compute.stream.StreamRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A record as it was read from Kafka. Mutable, because Spark's encoders want beans; key, value and headers may be null. */
public final class IncomingRecord implements Serializable {
    static final String SOURCE = "source";
    static final String EVENT_ID = "event-id";

    private String topic;
    private int partition;
    private long offset;
    private long stampMillis;
    private byte[] key;
    private byte[] value;
    private List<RecordHeader> headers;

    /** The value of the last header of that name; one that is empty says nothing. */
    Optional<byte[]> header(String name) {
        byte[] found = null;
        if (headers != null) {
            for (RecordHeader header : headers) {
                if (name.equals(header.getKey())) {
                    found = header.getValue();
                }
            }
        }
        return Optional.ofNullable(found).filter(bytes -> bytes.length > 0);
    }

    /** Who sent it: its source, or its topic where it does not say. */
    String origin() {
        return header(SOURCE)
                .map(source -> new String(source, StandardCharsets.UTF_8))
                .filter(source -> !source.isBlank())
                .orElse(topic);
    }

    /** Its id; a record that came without one is named by its place. */
    byte[] eventId() {
        return header(EVENT_ID)
                .orElseGet(() -> (topic + "/" + partition + "/" + offset).getBytes(StandardCharsets.UTF_8));
    }

    /** As the rules want it. */
    StreamRecord toStreamRecord() {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return new StreamRecord(topic, text, value, stampMillis, eventId(), origin()).inPartition(partition);
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public int getPartition() {
        return partition;
    }

    public void setPartition(int partition) {
        this.partition = partition;
    }

    public long getOffset() {
        return offset;
    }

    public void setOffset(long offset) {
        this.offset = offset;
    }

    public long getStampMillis() {
        return stampMillis;
    }

    public void setStampMillis(long stampMillis) {
        this.stampMillis = stampMillis;
    }

    public byte[] getKey() {
        return key;
    }

    public void setKey(byte[] key) {
        this.key = key;
    }

    public byte[] getValue() {
        return value;
    }

    public void setValue(byte[] value) {
        this.value = value;
    }

    public List<RecordHeader> getHeaders() {
        return headers;
    }

    public void setHeaders(List<RecordHeader> headers) {
        this.headers = headers;
    }
}
