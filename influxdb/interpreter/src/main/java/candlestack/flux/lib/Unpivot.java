package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Groups;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import java.util.List;

/** A row for each value of the columns that are neither in the key nor named. */
final class Unpivot {
    private Unpivot() {}

    static Object stream(Arguments call) {
        List<String> others = call.strings("otherColumns", List.of("_time"));
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            Groups groups = new Groups(call.query());
            input.run(table -> add(call, table, others, groups));
            groups.emit(sink);
        });
    }

    private static void add(Arguments call, Table table, List<String> others, Groups groups) {
        for (ColumnMeta meta : table.metas()) {
            String label = meta.label();
            if (table.key().has(label) || others.contains(label)) {
                continue;
            }
            TableBuilder rows = groups.table(table.key().with("_field", DataType.STRING, label));
            for (int row = 0; row < table.rows(); row++) {
                if (!table.column(table.indexOf(label)).isNull(row)) {
                    addRow(call, table, others, rows, meta, row);
                }
            }
        }
    }

    private static void addRow(
            Arguments call, Table table, List<String> others, TableBuilder rows, ColumnMeta meta, int row) {
        for (ColumnMeta key : rows.key().columns()) {
            rows.column(key.label(), key.type()).add(rows.key().value(key.label()));
        }
        for (String other : others) {
            int index = table.indexOf(other);
            if (index < 0) {
                throw FluxException.invalid(call.position(), "unpivot: there is no column '" + other + "'");
            }
            if (!table.key().has(other)) {
                rows.column(other, table.metas().get(index).type()).add(table.column(index), row);
            }
        }
        rows.column("_value", meta.type()).add(table.column(table.indexOf(meta.label())), row);
        rows.endRow();
    }
}
