package candlestack.ingest.runner;

import candlestack.ingest.api.SeriesPoint;
import java.util.HashSet;
import java.util.Set;

/** Each combination of tags is a series in every store: a source that puts ids into tags would fill them up. */
final class SeriesLimit {
    static final int MOST = 10_000;

    /** Hashes suffice: that two of ten thousand are the same lets one series too many through. */
    private final Set<Integer> seen = new HashSet<>();

    void check(SeriesPoint point) throws UnpublishableException {
        int hash = 31 * point.series().hashCode() + point.tags().hashCode();
        if (seen.contains(hash)) {
            return;
        }
        if (seen.size() >= MOST) {
            throw new UnpublishableException("more than " + MOST + " series of one source: are there ids in the tags "
                    + point.tags().keySet() + "?");
        }
        seen.add(hash);
    }
}
