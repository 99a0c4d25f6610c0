package candlestack.analytics.sinks.influxdb;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.analytics.sinks.event.StorePoint;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The points that the streams beside the market give, each into the bucket that it names. */
public final class PointDelivery implements Delivery {
    private final InfluxWriter writer;

    public PointDelivery(Settings settings) {
        this.writer = new InfluxWriter(name(), settings);
    }

    @Override
    public String name() {
        return "influxdb-points";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.ANALYTICS_POINTS);
    }

    /** Lines of one request are taken in their order, so of two versions of a point the later one stays. */
    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
            throws StoreException, InterruptedException {
        Map<String, Map<Object, StorePoint>> buckets = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                StorePoint point = StorePoint.decode(record.value());
                buckets.computeIfAbsent(point.bucket(), ignored -> new LinkedHashMap<>())
                        .put(List.of(point.measurement(), point.tags(), point.time()), point);
            } catch (MalformedRecordException e) {
                refusals.add(record, e.getMessage());
            }
        }
        return store(buckets);
    }

    private int store(Map<String, Map<Object, StorePoint>> buckets) throws StoreException, InterruptedException {
        int stored = 0;
        try {
            for (Map.Entry<String, Map<Object, StorePoint>> bucket : buckets.entrySet()) {
                LineChunks lines = new LineChunks(writer, bucket.getKey());
                for (StorePoint point : bucket.getValue().values()) {
                    line(lines.builder(), point);
                    lines.added();
                }
                lines.flush();
                stored += bucket.getValue().size();
            }
            writer.finish();
        } finally {
            writer.abandon();
        }
        return stored;
    }

    private static void line(LineBuilder line, StorePoint point) {
        line.measurement(point.measurement());
        point.tags().forEach(line::tag);
        point.fields().forEach(line::field);
        line.end(point.time());
    }

    @Override
    public void close() {
        writer.close();
    }
}
