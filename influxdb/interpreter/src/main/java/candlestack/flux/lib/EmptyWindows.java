package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Bounds;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.Windows;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Time;

/** Puts a row without a value where a store's aggregate left out a window without points. */
final class EmptyWindows {
    private EmptyWindows() {}

    /** @param table one row a window, as {@link candlestack.flux.storage.Aggregation} describes it */
    static Table filled(Arguments call, Table table, Windows windows) {
        Bounds range = new Bounds(
                ((Time) table.key().value("_start")).nanos(),
                ((Time) table.key().value("_stop")).nanos());
        boolean byStart = call.string("timeSrc", "_stop").equals("_start");
        Column times = table.column(table.indexOf("_time"));
        TableBuilder rows = new TableBuilder(table.key(), call.query());
        call.query().chargeBriefly(windows.count(range) * 24);
        int row = 0;
        for (Long window : windows.overlapping(range)) {
            call.query().check();
            Bounds bounds = windows.bounds(window);
            long time = byStart ? Math.max(bounds.start(), range.start()) : Math.min(bounds.stop(), range.stop());
            if (row < table.rows() && times.longAt(row) == time) {
                rows.addRow(table, row++);
            } else {
                addEmpty(table, rows, time);
            }
        }
        Table built = rows.build();
        for (ColumnMeta meta : table.key().columns()) {
            built = built.with(
                    meta.label(), Column.constant(meta.type(), table.key().value(meta.label()), built.rows()));
        }
        return built;
    }

    private static void addEmpty(Table table, TableBuilder rows, long time) {
        for (ColumnMeta meta : table.metas()) {
            if (meta.label().equals("_time")) {
                rows.column("_time", DataType.TIME).add(time);
            } else {
                rows.column(meta.label(), meta.type()).add(table.key().value(meta.label()));
            }
        }
        rows.endRow();
    }
}
