package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;

import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamRules;
import candlestack.config.Key;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;

/** A stream whose work is done by {@link StreamRules}: the wiring that all of them share. */
final class KeyedStream implements StreamDefinition {
    private final StreamRules rules;

    KeyedStream(StreamRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
    }

    @Override
    public String name() {
        return rules.name();
    }

    @Override
    public List<Topic> topics() {
        return rules.topics().stream().map(Topic::named).toList();
    }

    @Override
    public int stateVersion() {
        return rules.stateVersion();
    }

    /** Tombstones have nothing but their key. */
    @Override
    public KeyColumn keyColumn() {
        return KeyColumn.READ;
    }

    /** Two stateful steps in one query are allowed in this mode only; of a Kafka sink it is all the same. */
    @Override
    public OutputMode outputMode() {
        return OutputMode.Append();
    }

    @Override
    public Key<Duration> trigger() {
        return Keys.ANALYTICS_QUIET_TRIGGER;
    }

    @Override
    public Key<Integer> partitions() {
        return Keys.ANALYTICS_QUIET_PARTITIONS;
    }

    @Override
    public Dataset<OutgoingRecord> transform(Dataset<IncomingRecord> records, Settings settings) {
        StreamRules shipped = rules;
        MapFunction<IncomingRecord, String> keyOf = record -> shipped.keyOf(record.toStreamRecord());
        Dataset<StageRecord> first = records.groupByKey(keyOf, Encoders.STRING())
                .transformWithState(
                        new RulesProcessor(rules),
                        TimeMode.None(),
                        OutputMode.Append(),
                        Encoders.bean(StageRecord.class));
        return rules.secondStage()
                .map(stage -> second(first, stage))
                .orElseGet(() -> first.select("record.*").as(Encoders.bean(OutgoingRecord.class)));
    }

    private static Dataset<OutgoingRecord> second(Dataset<StageRecord> first, SecondStage stage) {
        return first.groupBy(col("stageKey"))
                .as(Encoders.STRING(), Encoders.bean(StageRecord.class))
                .transformWithState(
                        new SecondStageProcessor(stage),
                        TimeMode.None(),
                        OutputMode.Append(),
                        Encoders.bean(OutgoingRecord.class));
    }
}
