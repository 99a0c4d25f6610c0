package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Query;
import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.Time;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Cuts tables into windows.
 *
 * @param windows empty for one window without end
 * @param range the range that windows are cut to
 */
public record WindowOperator(
        Query query,
        Optional<Windows> windows,
        Bounds range,
        String timeColumn,
        String startColumn,
        String stopColumn,
        boolean createEmpty) {
    private static final long BYTES_A_WINDOW = 150;

    /** The rows of one window. */
    private static final class Rows {
        private int[] rows = new int[8];
        private int count;

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }
    }

    public void apply(Table table, Consumer<Table> sink) {
        int index = table.indexOf(timeColumn);
        if (index < 0) {
            throw FluxException.invalid("window: there is no column '" + timeColumn + "'");
        }
        if (table.column(index).type() != DataType.TIME) {
            throw FluxException.invalid("window: column '" + timeColumn + "' is not of type time");
        }
        if (windows.isEmpty()) {
            sink.accept(bounded(table, range));
            return;
        }
        Column times = table.column(index);
        if (windows.get().adjacent() && !createEmpty && isSorted(times)) {
            segments(table, times, sink);
        } else {
            scattered(table, times, sink);
        }
    }

    private static boolean isSorted(Column times) {
        for (int row = 1; row < times.length(); row++) {
            if (times.longAt(row) < times.longAt(row - 1)) {
                return false;
            }
        }
        return times.hasNoNulls();
    }

    private void segments(Table table, Column times, Consumer<Table> sink) {
        int from = 0;
        while (from < times.length()) {
            Bounds window = windows.get().bounds(windows.get().at(times.longAt(from)));
            int to = from + 1;
            while (to < times.length() && times.longAt(to) < window.stop()) {
                to++;
            }
            if (overlaps(window)) {
                sink.accept(bounded(table.slice(from, to), window));
            }
            from = to;
        }
    }

    private void scattered(Table table, Column times, Consumer<Table> sink) {
        Map<Long, Rows> byWindow = new TreeMap<>();
        if (createEmpty) {
            if (range.start() == Long.MIN_VALUE || range.stop() == Long.MAX_VALUE) {
                throw FluxException.invalid("window: createEmpty needs a range to fill; call range() before");
            }
            query.chargeBriefly(windows.get().count(range) * BYTES_A_WINDOW);
            for (Long window : windows.get().overlapping(range)) {
                query.check();
                byWindow.put(window, new Rows());
            }
        }
        for (int row = 0; row < times.length(); row++) {
            if (times.isNull(row)) {
                continue;
            }
            query.check();
            for (Long window : windows.get().containing(times.longAt(row))) {
                byWindow.computeIfAbsent(window, w -> new Rows()).add(row);
            }
        }
        byWindow.forEach((window, rows) -> {
            Bounds bounds = windows.get().bounds(window);
            if (overlaps(bounds)) {
                sink.accept(bounded(table.take(rows.rows, rows.count), bounds));
            }
        });
    }

    private boolean overlaps(Bounds window) {
        return window.start() < range.stop() && window.stop() > range.start();
    }

    /** The table with a window's bounds, cut to the range, in its key. */
    private Table bounded(Table table, Bounds window) {
        Time start = new Time(Math.max(window.start(), range.start()));
        Time stop = new Time(Math.min(window.stop(), range.stop()));
        GroupKey key = table.key().with(startColumn, DataType.TIME, start).with(stopColumn, DataType.TIME, stop);
        return table.with(startColumn, Column.constant(DataType.TIME, start, table.rows()))
                .with(stopColumn, Column.constant(DataType.TIME, stop, table.rows()))
                .withKey(key);
    }
}
