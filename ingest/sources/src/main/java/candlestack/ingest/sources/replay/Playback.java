package candlestack.ingest.sources.replay;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceException;
import java.time.Instant;
import java.util.Optional;

/** What is played and under which names; opens the file as often as it is played. */
record Playback(Config config, InputFile file, String instance) {
    /** What became of a row: a quote, or why there is none. */
    record Item(long row, Optional<Quote> quote, Optional<Reject> reject) {
        /** Nothing to wait for where there is no quote. */
        Instant due(Timeline timeline) {
            return quote.map(Quote::time).map(timeline::due).orElse(Instant.MIN);
        }
    }

    /** One pass over the file. */
    record Pass(Playback playback, Rows rows, RowParser parser, Timeline timeline, String stream)
            implements AutoCloseable {
        /** Empty at the end of the file. */
        Optional<Item> next() throws SourceException {
            return rows.next().map(this::item);
        }

        private Item item(Rows.Row row) {
            String id = EventIds.numbered(stream, row.number());
            try {
                Quote quote = parser.quote(row, id, timeline);
                return new Item(row.number(), Optional.of(quote), Optional.empty());
            } catch (RowParser.MalformedRowException e) {
                String place = "Cannot read line " + row.line() + " of "
                        + playback.file().name() + ": ";
                return new Item(
                        row.number(), Optional.empty(), Optional.of(Reject.of(id, place + e.getMessage(), row.text())));
            }
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    /** Begins with the row after {@code skipped} ones. */
    Pass pass(Timeline timeline, long skipped) throws SourceException {
        Rows rows = Rows.open(file);
        try {
            RowParser parser = RowParser.of(config, file, rows);
            rows.skip(skipped);
            return new Pass(this, rows, parser, timeline, stream(timeline));
        } catch (SourceException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private String stream(Timeline timeline) {
        String name = instance + "/" + file.name();
        return timeline instanceof Shifted shifted ? name + "@" + shifted.anchor() : name;
    }
}
