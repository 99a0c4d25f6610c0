package candlestack.influxdb.access;

/** That a bucket is marked with a label. */
record LabelMark(String bucketId, String labelId) {}
