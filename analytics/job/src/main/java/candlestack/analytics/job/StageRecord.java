package candlestack.analytics.job;

import java.io.Serializable;
import java.util.List;

/**
 * What a first stage gives: a record on its way to Kafka, or a row for the second stage, which has no topic. Mutable,
 * because encoders want beans.
 */
public final class StageRecord implements Serializable {
    /** As of {@link OutgoingRecord}. */
    private String topic;

    private String key;
    private byte[] value;
    private List<RecordHeader> headers;
    /** What the second stage groups by. */
    private String stageKey;
    /** The record that caused it, by its place in Kafka, and how many it had caused before. */
    private String causeTopic;

    private int causePartition;
    private long causeOffset;
    private int causeIndex;
    private long stampMillis;

    OutgoingRecord outgoing() {
        OutgoingRecord outgoing = new OutgoingRecord();
        outgoing.setTopic(topic);
        outgoing.setKey(key);
        outgoing.setValue(value);
        outgoing.setHeaders(headers);
        return outgoing;
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

    public String getStageKey() {
        return stageKey;
    }

    public void setStageKey(String stageKey) {
        this.stageKey = stageKey;
    }

    public String getCauseTopic() {
        return causeTopic;
    }

    public void setCauseTopic(String causeTopic) {
        this.causeTopic = causeTopic;
    }

    public int getCausePartition() {
        return causePartition;
    }

    public void setCausePartition(int causePartition) {
        this.causePartition = causePartition;
    }

    public long getCauseOffset() {
        return causeOffset;
    }

    public void setCauseOffset(long causeOffset) {
        this.causeOffset = causeOffset;
    }

    public int getCauseIndex() {
        return causeIndex;
    }

    public void setCauseIndex(int causeIndex) {
        this.causeIndex = causeIndex;
    }

    public long getStampMillis() {
        return stampMillis;
    }

    public void setStampMillis(long stampMillis) {
        this.stampMillis = stampMillis;
    }
}
