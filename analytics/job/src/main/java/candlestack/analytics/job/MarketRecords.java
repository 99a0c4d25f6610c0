package candlestack.analytics.job;

import static candlestack.analytics.job.OutgoingRecord.utf8;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.market.Bar;
import candlestack.analytics.compute.market.MarketJson;
import candlestack.analytics.compute.market.MarketOutput;
import candlestack.analytics.compute.market.Signal;
import candlestack.config.Topic;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.ArrayList;
import java.util.List;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Collects the records that a symbol's turn gives, in the order in which they are to be read. */
final class MarketRecords implements MarketOutput {
    private static final byte[] SOURCE = utf8("analytics");

    private final List<OutgoingRecord> records = new ArrayList<>();
    /** Jackson has a way to write a double that takes a quarter of the JDK 17's time. */
    private final MarketJson json = new MarketJson(value -> NumberOutput.toString(value, true));

    private final DeadLetters deadLetters = new DeadLetters();

    @Override
    public void bar(Bar bar) {
        byte[] id = utf8(bar.symbol() + "/" + bar.interval().label() + "/" + IsoTime.format(bar.startNanos()));
        records.add(OutgoingRecord.of(Topic.MARKET_BARS, bar.symbol(), json.write(bar), SOURCE, id));
    }

    @Override
    public void signal(Signal signal) {
        byte[] id = utf8(signal.symbol() + "/" + signal.interval().label() + "/" + IsoTime.format(signal.timeNanos())
                + "/" + signal.kind());
        records.add(OutgoingRecord.of(Topic.MARKET_SIGNALS, signal.symbol(), json.write(signal), SOURCE, id));
    }

    void deadLetter(IncomingRecord incoming, String reason) {
        records.add(deadLetters.of(incoming.toStreamRecord(), reason));
    }

    Iterator<OutgoingRecord> iterator() {
        return CollectionConverters.asScala(records.iterator());
    }
}
