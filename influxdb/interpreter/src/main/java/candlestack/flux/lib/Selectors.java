package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Aggregation.Function;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Some of a table's rows by their values: first, last, min, max, unique, distinct, sample. */
final class Selectors {
    private Selectors() {}

    /** Picks a row of a column, or -1. */
    @FunctionalInterface
    interface Choice {
        int row(Column column);
    }

    static void register(PackageDefinition universe) {
        universe.function("first", "<-tables, ?column", call -> pushed(call, Function.FIRST, Selectors::first))
                .function("last", "<-tables, ?column", call -> pushed(call, Function.LAST, Selectors::last))
                .function(
                        "min",
                        "<-tables, ?column",
                        call -> pushed(call, Function.MIN, column -> extreme(ordered(call, column), false)))
                .function(
                        "max",
                        "<-tables, ?column",
                        call -> pushed(call, Function.MAX, column -> extreme(ordered(call, column), true)))
                .function("unique", "<-tables, ?column", Selectors::unique)
                .function("distinct", "<-tables, ?column", Selectors::distinct)
                .function("sample", "<-tables, n, ?pos, ?column", Selectors::sample);
    }

    private static TableStream pushed(Arguments call, Function function, Choice choice) {
        TableStream plain = of(call, choice);
        TableStream input = call.stream("tables");
        if (!(input instanceof StorageStream storage)
                || !call.string("column", "_value").equals("_value")) {
            return plain;
        }
        return TableStream.derived(call, input, sink -> {
            if (!storage.runAggregated(new Aggregation(function, Optional.empty()), sink)) {
                plain.run(sink);
            }
        });
    }

    static TableStream of(Arguments call, Choice choice) {
        String label = call.string("column", "_value");
        return TableStream.mapped(call, call.stream("tables"), table -> {
            if (table.isEmpty() && !table.has(label)) {
                return table;
            }
            int row = choice.row(Calls.column(call, table, label));
            return row < 0 ? table.slice(0, 0) : table.slice(row, row + 1);
        });
    }

    private static Column ordered(Arguments call, Column column) {
        if (!RowOrder.isOrdered(column)) {
            throw FluxException.invalid(call.function() + ": cannot order a column of type "
                    + column.type().fluxName());
        }
        return column;
    }

    private static int first(Column column) {
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                return row;
            }
        }
        return -1;
    }

    private static int last(Column column) {
        for (int row = column.length() - 1; row >= 0; row--) {
            if (!column.isNull(row)) {
                return row;
            }
        }
        return -1;
    }

    /** The first of the greatest, or of the least, values. */
    static int extreme(Column column, boolean greatest) {
        Comparator<Integer> order = RowOrder.of(column, greatest);
        int best = -1;
        for (int row = 0; row < column.length(); row++) {
            boolean usable =
                    !column.isNull(row) && !(column.type() == DataType.FLOAT && Double.isNaN(column.doubleAt(row)));
            if (usable && (best < 0 || order.compare(row, best) < 0)) {
                best = row;
            }
        }
        return best;
    }

    private static Object unique(Arguments call) {
        String label = call.string("column", "_value");
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Column column = Calls.column(call, table, label);
            Set<Object> seen = new HashSet<>();
            return Calls.filtered(table, row -> seen.add(column.get(row)));
        });
    }

    private static Object distinct(Arguments call) {
        String label = call.string("column", "_value");
        return TableStream.mapped(call, call.stream("tables"), table -> distinct(call, table, label));
    }

    private static Table distinct(Arguments call, Table table, String label) {
        if (!table.has(label)) {
            return Calls.keyed(
                    table.key(),
                    0,
                    List.of(new ColumnMeta("_value", DataType.STRING)),
                    List.of(Column.constant(DataType.STRING, null, 0)));
        }
        Column column = table.column(table.indexOf(label));
        TableBuilder rows = new TableBuilder(table.key(), call.query());
        Set<Object> seen = new HashSet<>();
        for (int row = 0; row < table.rows(); row++) {
            if (seen.add(column.get(row))) {
                rows.column("_value", column.type()).add(column, row);
                rows.endRow();
            }
        }
        rows.column("_value", column.type());
        Table values = rows.build();
        return Calls.keyed(table.key(), values.rows(), values.metas(), values.columns());
    }

    private static Object sample(Arguments call) {
        int n = call.count("n");
        if (n == 0) {
            throw call.invalid("n", "must be more than 0");
        }
        long pos = call.integer("pos", -1);
        if (pos >= n) {
            throw call.invalid("pos", "must be less than n");
        }
        int first = pos < 0 ? java.util.concurrent.ThreadLocalRandom.current().nextInt(n) : (int) pos;
        return TableStream.mapped(call, call.stream("tables"), table -> Calls.filtered(table, row -> row % n == first));
    }
}
