package candlestack.analytics.job;

import java.io.Serializable;

/** A header of a Kafka record. Mutable, because Spark's encoders want beans. */
public final class RecordHeader implements Serializable {
    private String key;
    private byte[] value;

    public RecordHeader() {}

    public RecordHeader(String key, byte[] value) {
        this.key = key;
        this.value = value;
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
}
