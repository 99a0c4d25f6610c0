package candlestack.ingest.sources.replay;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.SourceException;
import java.time.Instant;
import java.util.Optional;

/** The times of the first and the last row that can be read. */
record Extent(Instant first, Instant last) {
    /** Empty if no row can be read. */
    static Optional<Extent> of(Config config, InputFile file) throws SourceException {
        try (Rows rows = Rows.open(file)) {
            RowParser parser = RowParser.of(config, file, rows);
            Instant first = null;
            Instant last = null;
            for (Optional<Rows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                Instant time = parser.time(row.get()).orElse(last);
                first = first == null ? time : first;
                last = time;
            }
            return last == null ? Optional.empty() : Optional.of(new Extent(first, last));
        }
    }

    /** How many rows come before the first at or after {@code start}. */
    static long rowsBefore(Config config, InputFile file, Instant start) throws SourceException {
        try (Rows rows = Rows.open(file)) {
            RowParser parser = RowParser.of(config, file, rows);
            for (Optional<Rows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                if (parser.time(row.get()).filter(time -> !time.isBefore(start)).isPresent()) {
                    return rows.count() - 1;
                }
            }
            return rows.count();
        }
    }
}
