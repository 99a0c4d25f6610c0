package candlestack.bench;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** From "the broker has the quote" to "a Flux query returns it", one quote at a time beside a steady load. */
final class Latency {
    private static final String SYMBOL = "PROBE";
    private static final int WARM_UP = 20;

    private final Flux flux;
    private final KafkaProducer<byte[], byte[]> producer;

    private Latency(Flux flux, KafkaProducer<byte[], byte[]> producer) {
        this.flux = flux;
        this.producer = producer;
    }

    static void measure(Stack stack, int rate, int probes, Report report) throws Exception {
        Map<String, Object> options = Map.of("bootstrap.servers", stack.kafka(), "acks", "all", "linger.ms", "0");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer())) {
            Latency latency = new Latency(new Flux(stack), producer);
            Histogram quotes = new Histogram(3);
            Histogram bars = new Histogram(3);
            for (int number = 0; number < probes + WARM_UP; number++) {
                latency.probe(
                        number,
                        number < WARM_UP ? new Histogram(3) : quotes,
                        number < WARM_UP ? new Histogram(3) : bars);
            }
            report.figure(
                    "raw quote readable by Flux at " + rate + "/s, p50", quotes.getValueAtPercentile(50) / 1e6, "ms");
            report.figure(
                    "raw quote readable by Flux at " + rate + "/s, p99", quotes.getValueAtPercentile(99) / 1e6, "ms");
            report.figure("bar holding the quote readable by Flux, p50", bars.getValueAtPercentile(50) / 1e6, "ms");
            report.figure("bar holding the quote readable by Flux, p99", bars.getValueAtPercentile(99) / 1e6, "ms");
        }
    }

    private void probe(int number, Histogram quotes, Histogram bars) throws Exception {
        double price = 1000 + number;
        producer.send(Backlog.record(number, SYMBOL, System.currentTimeMillis(), price, 1))
                .get();
        long sent = System.nanoTime();
        awaitPrice("quote", "r._field == \"price\"", price);
        quotes.recordValue(System.nanoTime() - sent);
        awaitPrice("bar", "r._field == \"close\" and r.interval == \"1m\"", price);
        bars.recordValue(System.nanoTime() - sent);
    }

    private void awaitPrice(String measurement, String filter, double price) throws Exception {
        String query = "from(bucket:\"market\") |> range(start:-2m) |> filter(fn:(r) => r._measurement == \""
                + measurement + "\" and r.symbol == \"" + SYMBOL + "\" and " + filter + ") |> last()";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        OptionalDouble seen = flux.number(query);
        while (seen.isEmpty() || seen.getAsDouble() != price) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Cannot measure latency: the " + measurement + " of price " + price
                        + " is not readable after 60 s");
            }
            Thread.sleep(2);
            seen = flux.number(query);
        }
    }
}
