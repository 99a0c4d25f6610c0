package candlestack.analytics.sinks.postgres;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.event.Bar;
import candlestack.analytics.sinks.event.DeadLetter;
import candlestack.analytics.sinks.event.Instrument;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.analytics.sinks.event.Signal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows of one batch, the last version of each key. */
final class MarketRows {
    /** Bars too short for a table that is kept for a year; InfluxDB has them. */
    private static final String ONE_SECOND = "1s";

    private static final StagedTable BARS = StagedTable.upserting(
            "market.bars",
            List.of("symbol", "interval", "ts"),
            Stream.concat(Bar.FIELDS.stream(), Stream.of("closed")).toList());
    private static final StagedTable SIGNALS = StagedTable.upserting(
            "market.signals", List.of("symbol", "interval", "ts", "kind"), List.of("price", "detail"));
    private static final StagedTable INSTRUMENTS = StagedTable.upserting(
            "market.instruments",
            List.of("symbol"),
            List.of("name", "exchange", "currency", "type", "sector", "source"));
    private static final StagedTable DEAD_LETTERS = StagedTable.inserting(
            "pipeline.dead_letters", List.of("id"), List.of("ts", "origin", "reason", "raw", "text"));
    private static final String FIRST_SEEN =
            "insert into market.instruments as t (symbol, first_seen) values (?, ?) on conflict (symbol) do update"
                    + " set first_seen = excluded.first_seen"
                    + " where t.first_seen is null or excluded.first_seen < t.first_seen";
    private static final String RETRACT =
            "delete from market.signals where symbol = ? and interval = ? and ts = ? and kind = ?";

    private final KnownSymbols known;
    private final Map<Bar.Key, Bar> bars = new LinkedHashMap<>();
    private final Map<Signal.Key, Signal> signals = new LinkedHashMap<>();
    private final Map<String, Instrument> instruments = new LinkedHashMap<>();
    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private final Map<String, Instant> newSymbols = new LinkedHashMap<>();

    MarketRows(KnownSymbols known) {
        this.known = requireNonNull(known, "known is null");
    }

    void addBar(byte[] value) throws MalformedRecordException {
        Bar bar = Bar.decode(value);
        Bar.Key key = bar.key();
        if (key.interval().equals(ONE_SECOND)) {
            return;
        }
        bars.put(key, bar);
        if (known.news(key.symbol(), key.time())) {
            newSymbols.merge(key.symbol(), key.time(), (a, b) -> a.isBefore(b) ? a : b);
        }
    }

    void addSignal(byte[] value) throws MalformedRecordException {
        Signal signal = Signal.decode(value);
        signals.put(signal.key(), signal);
    }

    /** A symbol's removal from the compacted topic leaves what we know of it. */
    void addInstrument(byte[] value) throws MalformedRecordException {
        if (value != null) {
            Instrument instrument = Instrument.decode(value);
            instruments.put(instrument.symbol(), instrument);
        }
    }

    void add(DeadLetter letter) {
        letters.putIfAbsent(letter.id(), letter);
    }

    int count() {
        return bars.size() + signals.size() + instruments.size() + letters.size();
    }

    void write(Connection connection) throws SQLException {
        BARS.merge(connection, barRows());
        SIGNALS.merge(connection, signalRows());
        retract(connection);
        INSTRUMENTS.merge(connection, instrumentRows());
        see(connection);
        DEAD_LETTERS.merge(connection, letterRows());
    }

    /** After the transaction. */
    void written() {
        known.written(newSymbols);
    }

    private CopyText barRows() {
        CopyText rows = new CopyText();
        for (Bar bar : bars.values()) {
            rows.text(bar.key().symbol())
                    .text(bar.key().interval())
                    .time(bar.key().time());
            for (int i = 0; i < Bar.FIELDS.size(); i++) {
                if (i == Bar.TRADES) {
                    rows.number((long) bar.value(i));
                } else {
                    rows.number(bar.value(i));
                }
            }
            rows.flag(bar.closed()).endRow();
        }
        return rows;
    }

    private CopyText signalRows() {
        CopyText rows = new CopyText();
        for (Signal signal : signals.values()) {
            if (!signal.retracted()) {
                Signal.Key key = signal.key();
                rows.text(key.symbol()).text(key.interval()).time(key.time()).text(key.kind());
                rows.number(signal.price()).text(signal.detail()).endRow();
            }
        }
        return rows;
    }

    private CopyText instrumentRows() {
        CopyText rows = new CopyText();
        for (Instrument instrument : instruments.values()) {
            rows.text(instrument.symbol()).text(instrument.name()).text(instrument.exchange());
            rows.text(instrument.currency()).text(instrument.type()).text(instrument.sector());
            rows.text(instrument.source()).endRow();
        }
        return rows;
    }

    private CopyText letterRows() {
        CopyText rows = new CopyText();
        for (DeadLetter letter : letters.values()) {
            rows.text(storable(letter.id())).time(letter.time()).text(storable(letter.origin()));
            rows.text(storable(letter.reason()))
                    .bytes(letter.raw())
                    .text(letter.text())
                    .endRow();
        }
        return rows;
    }

    /** PostgreSQL's texts hold every character but one, and a letter must not be refused again. */
    private static String storable(String text) {
        return text.replace("\0", "\\0");
    }

    private void retract(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RETRACT)) {
            for (Signal signal : signals.values()) {
                if (signal.retracted()) {
                    statement.setString(1, signal.key().symbol());
                    statement.setString(2, signal.key().interval());
                    statement.setObject(3, signal.key().time().atOffset(ZoneOffset.UTC));
                    statement.setString(4, signal.key().kind());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private void see(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRST_SEEN)) {
            for (Map.Entry<String, Instant> symbol : newSymbols.entrySet()) {
                statement.setString(1, symbol.getKey());
                statement.setObject(2, symbol.getValue().atOffset(ZoneOffset.UTC));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
