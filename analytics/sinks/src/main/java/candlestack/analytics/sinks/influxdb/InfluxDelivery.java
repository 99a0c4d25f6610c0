package candlestack.analytics.sinks.influxdb;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.Bar;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.analytics.sinks.event.Metric;
import candlestack.analytics.sinks.event.Signal;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Bars, signals and the pipeline's own figures. Raw quotes have a delivery of their own: they are many. */
public final class InfluxDelivery implements Delivery {
    private static final String MARKET = "market";
    private static final String PIPELINE = "pipeline";

    private final InfluxWriter writer;

    public InfluxDelivery(Settings settings) {
        this.writer = new InfluxWriter(name(), settings);
    }

    @Override
    public String name() {
        return "influxdb";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.MARKET_BARS, Topic.MARKET_SIGNALS, Topic.PIPELINE_METRICS);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
            throws StoreException, InterruptedException {
        Map<Bar.Key, Bar> bars = new LinkedHashMap<>();
        Map<Signal.Key, Signal> signals = new LinkedHashMap<>();
        List<Metric> metrics = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                switch (Topic.named(record.topic())) {
                    case MARKET_BARS -> {
                        Bar bar = Bar.decode(record.value());
                        bars.put(bar.key(), bar);
                    }
                    case MARKET_SIGNALS -> {
                        Signal signal = Signal.decode(record.value());
                        signals.put(signal.key(), signal);
                    }
                    default -> metrics.add(Metric.decode(record.value()));
                }
            } catch (MalformedRecordException e) {
                refusals.add(record, e.getMessage());
            }
        }
        store(bars, signals, metrics);
        return bars.size() + signals.size() + metrics.size();
    }

    @Override
    public void close() {
        writer.close();
    }

    private void store(Map<Bar.Key, Bar> bars, Map<Signal.Key, Signal> signals, List<Metric> metrics)
            throws StoreException, InterruptedException {
        try {
            LineChunks market = new LineChunks(writer, MARKET);
            for (Bar bar : bars.values()) {
                bar(market.builder(), bar);
                market.added();
            }
            for (Signal signal : signals.values()) {
                if (signal.retracted()) {
                    writer.delete(MARKET, signal.key().time(), predicate(signal.key()));
                } else {
                    signal(market.builder(), signal);
                    market.added();
                }
            }
            market.flush();
            LineChunks pipeline = new LineChunks(writer, PIPELINE);
            for (Metric metric : metrics) {
                metric(pipeline.builder(), metric);
                pipeline.added();
            }
            pipeline.flush();
            writer.finish();
        } finally {
            writer.abandon();
        }
    }

    private static void bar(LineBuilder line, Bar bar) {
        line.measurement("bar")
                .tag("interval", bar.key().interval())
                .tag("symbol", bar.key().symbol());
        for (int i = 0; i < Bar.FIELDS.size(); i++) {
            line.field(Bar.FIELDS.get(i), bar.value(i));
        }
        line.end(bar.key().time());
    }

    private static void signal(LineBuilder line, Signal signal) {
        line.measurement("signal")
                .tag("interval", signal.key().interval())
                .tag("kind", signal.key().kind())
                .tag("symbol", signal.key().symbol())
                .field("price", signal.price())
                .field("text", signal.detail().orElse(""));
        line.end(signal.key().time());
    }

    private static void metric(LineBuilder line, Metric metric) {
        line.measurement(metric.measurement()).tag("name", metric.name());
        metric.fields().forEach(line::field);
        line.end(metric.time());
    }

    private static String predicate(Signal.Key key) {
        return "_measurement=\"signal\" AND interval=" + quoted(key.interval()) + " AND kind=" + quoted(key.kind())
                + " AND symbol=" + quoted(key.symbol());
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
