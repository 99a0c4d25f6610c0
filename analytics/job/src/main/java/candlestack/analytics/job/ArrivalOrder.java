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
        List<IncomingRecord> inOrder = new ArrayList<>();
        boolean sorted = true;
        IncomingRecord last = null;
        while (records.hasNext()) {
            IncomingRecord next = records.next();
            sorted = sorted && (last == null || follows(last, next));
            inOrder.add(next);
            last = next;
        }
        if (!sorted) {
            inOrder.sort(BY_PLACE);
        }
        return inOrder;
    }

    /** The quick look at what is nearly always so. */
    private static boolean follows(IncomingRecord first, IncomingRecord second) {
        return first.getOffset() < second.getOffset()
                && first.getPartition() == second.getPartition()
                && first.getTopic().equals(second.getTopic());
    }
}
