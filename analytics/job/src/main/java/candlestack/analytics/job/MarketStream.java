package candlestack.analytics.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import candlestack.analytics.compute.market.SymbolState;
import candlestack.analytics.compute.quote.SymbolScanner;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.types.DataTypes;

/** Quotes to bars, signals and dead letters, symbol by symbol. */
final class MarketStream implements StreamDefinition {
    private static final String SYMBOL = "symbol";

    @Override
    public String name() {
        return "market";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.MARKET_QUOTES);
    }

    @Override
    public int stateVersion() {
        return SymbolState.VERSION;
    }

    /**
     * Groups by the symbol in the value, not by the record's key, which is only what a producer says. Decoding waits
     * until after the shuffle: the raw bytes have to travel anyway, for a quote may turn out to be late, and then they
     * are its dead letter.
     */
    @Override
    public Dataset<OutgoingRecord> transform(Dataset<IncomingRecord> records, Settings settings) {
        EventTimeRules rules =
                EventTimeRules.of(settings.get(Keys.ANALYTICS_LATENESS), settings.get(Keys.ANALYTICS_FUTURE));
        return records.withColumn(
                        SYMBOL, udf(new SymbolOf(), DataTypes.StringType).apply(col("value")))
                .groupBy(col(SYMBOL))
                .as(Encoders.STRING(), Encoders.bean(IncomingRecord.class))
                .transformWithState(
                        new SymbolProcessor(rules),
                        TimeMode.ProcessingTime(),
                        OutputMode.Update(),
                        Encoders.bean(OutgoingRecord.class));
    }

    private static final class SymbolOf implements UDF1<byte[], String> {
        /** One a thread: executors share the function. */
        private static final ThreadLocal<SymbolScanner> SCANNER = ThreadLocal.withInitial(SymbolScanner::new);

        @Override
        public String call(byte[] value) {
            return SCANNER.get().find(value);
        }
    }
}
