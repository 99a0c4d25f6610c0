package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.StreamRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Hands a key's records to its state, in the order of their arrival, and sends what comes of it. */
final class RulesProcessor extends StatefulProcessor<String, IncomingRecord, StageRecord> {
    /** In how many groups what is ready passes the second stage; what has one key stays in order. */
    private static final int LANES = 64;

    private final StreamRules rules;
    private transient ValueState<byte[]> states;
    private transient StateOutput stateOutput;
    private transient TurnRecords output;

    RulesProcessor(StreamRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
    }

    @Override
    public void init(OutputMode outputMode, TimeMode timeMode) {
        states = getHandle().getValueState("key", Encoders.BINARY(), TTLConfig.NONE());
        stateOutput = new StateOutput();
        output = new TurnRecords();
    }

    @Override
    public Iterator<StageRecord> handleInputRows(String key, Iterator<IncomingRecord> records, TimerValues timers) {
        boolean known = states.exists();
        KeyState state = known ? rules.readState(key, states.get()) : rules.newState(key);
        List<StageRecord> results = new ArrayList<>();
        IncomingRecord last = null;
        int before = 0;
        for (IncomingRecord incoming : ArrivalOrder.of(records)) {
            before = results.size();
            state.accept(incoming.toStreamRecord(), output);
            collect(incoming, 0, results);
            last = incoming;
        }
        if (last != null) {
            int said = results.size() - before;
            state.writeOut(output);
            collect(last, said, results);
        }
        save(state, known);
        return CollectionConverters.asScala(results.iterator());
    }

    private void save(KeyState state, boolean known) {
        if (!state.isEmpty()) {
            stateOutput.reset();
            state.write(stateOutput);
            states.update(stateOutput.toBytes());
        } else if (known) {
            states.clear();
        }
    }

    private void collect(IncomingRecord cause, int from, List<StageRecord> results) {
        int index = from;
        for (OutgoingRecord outgoing : output.take()) {
            StageRecord result = new StageRecord();
            result.setRecord(outgoing);
            result.setStageKey(outgoing.getTopic() == null ? outgoing.getKey() : lane(outgoing.getKey()));
            result.setCauseTopic(cause.getTopic());
            result.setCausePartition(cause.getPartition());
            result.setCauseOffset(cause.getOffset());
            result.setCauseIndex(index++);
            result.setStampMillis(cause.getStampMillis());
            results.add(result);
        }
    }

    private static String lane(String key) {
        return SecondStageProcessor.LANE + Math.floorMod(key.hashCode(), LANES);
    }
}
