package candlestack.analytics.sinks.influxdb;

import candlestack.analytics.compute.quote.Decoded;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.quote.QuoteDecoder;
import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Raw quotes, straight from {@code market.quotes}. What is malformed or from the future is left out without a word:
 * the analytics job reads the same records by the same rules and makes dead letters of them.
 */
public final class QuoteDelivery implements Delivery {
    private static final String MARKET = "market";

    private final InfluxWriter writer;
    private final long futureNanos;
    private final QuoteDecoder decoder = new QuoteDecoder();
    private final QuoteLines lines = new QuoteLines();

    public QuoteDelivery(Settings settings) {
        this.writer = new InfluxWriter(name(), settings);
        this.futureNanos = settings.get(Keys.ANALYTICS_FUTURE).toNanos();
    }

    @Override
    public String name() {
        return "influxdb-quotes";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.MARKET_QUOTES);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
            throws StoreException, InterruptedException {
        try {
            LineChunks chunks = new LineChunks(writer, MARKET);
            int rows = 0;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Decoded decoded = decoder.decode(record.value());
                if (decoded instanceof Quote quote && !isFromTheFuture(quote, record)) {
                    lines.write(chunks.builder(), quote, record);
                    chunks.added();
                    rows++;
                }
            }
            chunks.flush();
            writer.finish();
            return rows;
        } finally {
            writer.abandon();
        }
    }

    @Override
    public void close() {
        writer.close();
    }

    private boolean isFromTheFuture(Quote quote, ConsumerRecord<byte[], byte[]> record) {
        return quote.timeNanos() - futureNanos > TimeUnit.MILLISECONDS.toNanos(record.timestamp());
    }
}
