package candlestack.analytics.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import scala.collection.Iterator;

/**
 * Puts a batch's records of one key into the order in which the broker took them. Spark has so far always kept it, but
 * does not promise to; then sorting finds nothing to do.
 */
final class ArrivalOrder {
    private static final Comparator<IncomingRecord> BY_PLACE = Comparator.comparing(IncomingRecord::getTopic)
            .thenComparingInt(IncomingRecord::getPartition)
            .thenComparingLong(IncomingRecord::getOffset);

    private ArrivalOrder() {}

    static List<IncomingRecord> of(Iterator<IncomingRecord> records) {
        List<IncomingRecord> sorted = new ArrayList<>();
        while (records.hasNext()) {
            sorted.add(records.next());
        }
        sorted.sort(BY_PLACE);
        return sorted;
    }
}
