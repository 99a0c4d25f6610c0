package candlestack.analytics.job;

import candlestack.config.Topic;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A record on its way to Kafka: the columns that Spark's Kafka sink asks for. Mutable, because encoders want beans. */
public final class OutgoingRecord implements Serializable {
    /** In bytes, which ids of ingest never reach: a longer one is no name but a load on all that comes of its event. */
    private static final int LONGEST_ID = 1 << 10;

    private String topic;
    private String key;
    private byte[] value;
    private List<RecordHeader> headers;

    /**
     * A record with the headers that every record carries.
     *
     * @param eventId names the event: a record of the same name takes the place of an earlier one
     */
    static OutgoingRecord of(Topic topic, String key, byte[] value, byte[] source, byte[] eventId) {
        OutgoingRecord outgoing = new OutgoingRecord();
        outgoing.topic = topic.topicName();
        outgoing.key = key;
        outgoing.value = value;
        outgoing.headers = List.of(
                new RecordHeader(IncomingRecord.SOURCE, source),
                new RecordHeader(IncomingRecord.EVENT_ID, shortId(eventId)));
        return outgoing;
    }

    /** One without end is replaced by one that is as stable. */
    private static byte[] shortId(byte[] id) {
        return id.length <= LONGEST_ID ? id : utf8(UUID.nameUUIDFromBytes(id).toString());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public String getKey() {
        return key;
    }

    public void setKey(String key) {
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
