package candlestack.ingest.sources.replay;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.sources.time.TimeUnit;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns a row into what it says. One thread's. */
final class RowParser {
    private final CsvReader.CsvReaderBuilder csv;
    private final TimeUnit timeUnit;
    private final Optional<String> symbol;
    private final Optional<String> currency;
    private final Optional<String> exchange;
    private final Columns columns;

    /** A row that is understood; its time is the one that is written. */
    record Parsed(Instant time, Quote.Builder quote) {}

    /** Why a row is not understood. */
    static final class MalformedRowException extends Exception {
        MalformedRowException(String message) {
            super(message);
        }
    }

    private RowParser(Config config, CsvReader.CsvReaderBuilder csv, Columns columns) {
        this.csv = csv;
        this.columns = columns;
        this.timeUnit = config.get(ReplayOptions.TIME_UNIT);
        this.symbol = config.get(ReplayOptions.SYMBOL);
        this.currency = config.get(ReplayOptions.CURRENCY);
        this.exchange = config.get(ReplayOptions.EXCHANGE);
    }

    /** Reads the header of {@code rows}, where there is one. */
    static RowParser of(Config config, InputFile file, Rows rows) throws SourceException {
        CsvReader.CsvReaderBuilder csv = CsvReader.builder()
                .fieldSeparator(config.get(ReplayOptions.SEPARATOR))
                .allowUnclosedQuote(false);
        List<String> header = List.of();
        if (config.get(ReplayOptions.HEADER)) {
            String text = rows.header().orElse("");
            header = text.isBlank() ? List.of() : csv.ofSingleCsvRecord(text).getFields();
        }
        return new RowParser(config, csv, Columns.resolve(config, file, header));
    }

    /** The time that is written, or nothing if the row is malformed. */
    Optional<Instant> time(Rows.Row row) {
        try {
            return Optional.of(time(record(row)));
        } catch (MalformedRowException e) {
            return Optional.empty();
        }
    }

    /**
     * @param timeline from the time that is written to that of the event
     * @throws MalformedRowException saying what is wrong, without the place
     */
    Quote quote(Rows.Row row, String id, Timeline timeline) throws MalformedRowException {
        CsvRecord record = record(row);
        Instant time = timeline.time(time(record));
        Quote.Builder quote = Quote.of(id, symbol(record), time, required(record, Column.Role.PRICE));
        optional(record, Column.Role.SIZE).ifPresent(quote::size);
        optional(record, Column.Role.BID).ifPresent(quote::bid);
        optional(record, Column.Role.ASK).ifPresent(quote::ask);
        currency.ifPresent(quote::currency);
        exchange.ifPresent(quote::exchange);
        return quote.build();
    }

    private CsvRecord record(Rows.Row row) throws MalformedRowException {
        try {
            return csv.ofSingleCsvRecord(row.text());
        } catch (CsvParseException e) {
            // The library counts lines within this row only.
            throw new MalformedRowException("not CSV: " + e.getMessage().replace(" (record starting at line 1)", ""));
        }
    }

    private Instant time(CsvRecord record) throws MalformedRowException {
        try {
            return timeUnit.parse(field(record, Column.Role.TIME));
        } catch (IllegalArgumentException e) {
            throw new MalformedRowException(e.getMessage());
        }
    }

    private String symbol(CsvRecord record) throws MalformedRowException {
        return columns.has(Column.Role.SYMBOL) ? field(record, Column.Role.SYMBOL) : symbol.orElseThrow();
    }

    private BigDecimal required(CsvRecord record, Column.Role role) throws MalformedRowException {
        String text = field(record, role);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new MalformedRowException(role.label() + " '" + text + "' is not a number");
        }
    }

    private Optional<BigDecimal> optional(CsvRecord record, Column.Role role) throws MalformedRowException {
        boolean absent = !columns.has(role)
                || (columns.index(role) < record.getFieldCount()
                        && record.getField(columns.index(role)).isBlank());
        return absent ? Optional.empty() : Optional.of(required(record, role));
    }

    private String field(CsvRecord record, Column.Role role) throws MalformedRowException {
        int index = columns.index(role);
        if (index >= record.getFieldCount()) {
            throw new MalformedRowException(
                    "expected at least " + (index + 1) + " columns but there are " + record.getFieldCount());
        }
        String text = record.getField(index).strip();
        if (text.isEmpty()) {
            throw new MalformedRowException("no " + role.label());
        }
        return text;
    }
}
