package candlestack.analytics.job;

import java.io.Serializable;

/**
 * What a first stage gives: a record on its way to Kafka, or a row for the second stage, which has no topic. Mutable,
 * because encoders want beans.
 */
public final class StageRecord implements Serializable {
    private OutgoingRecord record;
    /** What the second stage groups by. */
    private String stageKey;
    /** The record that caused it, by its place in Kafka, and how many it had caused before. */
    private String causeTopic;

    private int causePartition;
    private long causeOffset;
    private int causeIndex;
    private long stampMillis;

    public OutgoingRecord getRecord() {
        return record;
    }

    public void setRecord(OutgoingRecord record) {
        this.record = record;
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
