package candlestack.analytics.job;

/** The bytes that a record brings to Kafka, without what the protocol adds. */
final class RecordSize {
    private RecordSize() {}

    static int of(OutgoingRecord record) {
        int size = OutgoingRecord.utf8(record.getKey()).length;
        size += record.getValue() == null ? 0 : record.getValue().length;
        for (RecordHeader header : record.getHeaders()) {
            size += header.getKey().length() + header.getValue().length;
        }
        return size;
    }
}
