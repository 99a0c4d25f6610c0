package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamRecord;
import java.util.ArrayList;
import java.util.Comparator;
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

/** Hands forwarded rows to the states of the second stage; what is ready for Kafka passes through. */
final class SecondStageProcessor extends StatefulProcessor<String, StageRecord, OutgoingRecord> {
    /** Begins the group of what passes through: no key of a row begins like this. */
    static final String LANE = "\0lane";

    private static final Comparator<StageRecord> BY_CAUSE = Comparator.comparingLong(StageRecord::getStampMillis)
            .thenComparing(StageRecord::getCauseTopic)
            .thenComparingInt(StageRecord::getCausePartition)
            .thenComparingLong(StageRecord::getCauseOffset)
            .thenComparingInt(StageRecord::getCauseIndex);

    private final SecondStage stage;
    private transient ValueState<byte[]> states;
    private transient StateOutput stateOutput;
    private transient TurnRecords output;

    SecondStageProcessor(SecondStage stage) {
        this.stage = requireNonNull(stage, "stage is null");
    }

    @Override
    public void init(OutputMode outputMode, TimeMode timeMode) {
        states = getHandle().getValueState("key", Encoders.BINARY(), TTLConfig.NONE());
        stateOutput = new StateOutput();
        output = new TurnRecords();
    }

    @Override
    public Iterator<OutgoingRecord> handleInputRows(String key, Iterator<StageRecord> rows, TimerValues timers) {
        List<StageRecord> inOrder = new ArrayList<>();
        while (rows.hasNext()) {
            inOrder.add(rows.next());
        }
        inOrder.sort(BY_CAUSE);
        List<OutgoingRecord> results = key.startsWith(LANE)
                ? inOrder.stream().map(StageRecord::getRecord).toList()
                : turn(key, inOrder);
        return CollectionConverters.asScala(results.iterator());
    }

    private List<OutgoingRecord> turn(String key, List<StageRecord> rows) {
        boolean known = states.exists();
        KeyState state = known ? stage.readState(key, states.get()) : stage.newState(key);
        for (StageRecord row : rows) {
            state.accept(forwarded(row), output);
        }
        state.writeOut(output);
        if (!state.isEmpty()) {
            stateOutput.reset();
            state.write(stateOutput);
            states.update(stateOutput.toBytes());
        } else if (known) {
            states.clear();
        }
        List<OutgoingRecord> results = output.take();
        if (results.stream().anyMatch(result -> result.getTopic() == null)) {
            throw new IllegalStateException("Cannot forward from the second stage: key '" + key + "'");
        }
        return results;
    }

    private static StreamRecord forwarded(StageRecord row) {
        String cause = row.getCauseTopic() + "/" + row.getCausePartition() + "/" + row.getCauseOffset() + "/"
                + row.getCauseIndex();
        return new StreamRecord(
                "",
                row.getRecord().getKey(),
                row.getRecord().getValue(),
                row.getStampMillis(),
                OutgoingRecord.utf8(cause),
                row.getCauseTopic());
    }
}
