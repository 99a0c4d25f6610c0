package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.KeyRecord;
import candlestack.flux.stream.RowRecord;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tables look like, and tables' contents as values. */
final class Inspection {
    private Inspection() {}

    static void register(PackageDefinition universe) {
        universe.function("columns", "<-tables, ?column", call -> labels(call, false))
                .function("keys", "<-tables, ?column", call -> labels(call, true))
                .function("keyValues", "<-tables, ?keyColumns", Inspection::keyValues)
                .function(
                        "tableFind",
                        "<-tables, fn",
                        call -> found(call)
                                .<Object>map(table -> single(call, table))
                                .orElseThrow(() -> FluxException.invalid("tableFind: no table passes the function")))
                .function("getColumn", "<-table, column", call -> column(call, first(call.stream("table"))))
                .function("getRecord", "<-table, idx", call -> record(call, first(call.stream("table"))))
                .function(
                        "findColumn",
                        "<-tables, fn, column",
                        call -> found(call)
                                .<Object>map(table -> column(call, table))
                                .orElse(List.of()))
                .function(
                        "findRecord",
                        "<-tables, fn, idx",
                        call -> found(call)
                                .<Object>map(table -> record(call, table))
                                .orElse(RecordValue.of(Map.of())));
    }

    private static Object labels(Arguments call, boolean keyOnly) {
        String name = call.string("column", "_value");
        return TableStream.mapped(call, call.stream("tables"), table -> {
            TableBuilder rows = new TableBuilder(table.key(), call.query());
            rows.column(name, DataType.STRING);
            List<ColumnMeta> metas = new ArrayList<>(keyOnly ? table.key().columns() : table.metas());
            if (keyOnly) {
                metas.sort(java.util.Comparator.comparing(ColumnMeta::label));
            }
            for (ColumnMeta meta : metas) {
                rows.column(name, DataType.STRING).add((Object) meta.label());
                rows.endRow();
            }
            Table labels = rows.build();
            return Calls.keyed(table.key(), labels.rows(), labels.metas(), labels.columns());
        });
    }

    private static Object keyValues(Arguments call) {
        List<String> labels = call.strings("keyColumns");
        return TableStream.mapped(call, call.stream("tables"), table -> {
            TableBuilder rows = new TableBuilder(table.key(), call.query());
            Set<List<Object>> seen = new HashSet<>();
            for (String label : table.metas().stream()
                    .map(ColumnMeta::label)
                    .filter(labels::contains)
                    .toList()) {
                int index = table.indexOf(label);
                for (int row = 0; index >= 0 && row < table.rows(); row++) {
                    Object value = table.column(index).get(row);
                    if (value != null && seen.add(List.of(label, value))) {
                        rows.column("_key", DataType.STRING).add((Object) label);
                        rows.column("_value", table.column(index).type()).add(value);
                        rows.endRow();
                    }
                }
            }
            if (labels.stream().noneMatch(table::has)) {
                throw FluxException.invalid("keyValues: the table has none of the columns " + labels);
            }
            Table pairs = rows.build();
            return Calls.keyed(table.key(), pairs.rows(), pairs.metas(), pairs.columns());
        });
    }

    /** Ends the run of a stream whose further tables are not wanted. */
    private static final class Enough extends RuntimeException {
        private Enough() {
            super(null, null, false, false);
        }
    }

    private static Optional<Table> found(Arguments call) {
        FunctionValue fn = call.function("fn");
        Table[] found = new Table[1];
        try {
            call.stream("tables").run(table -> {
                if (fn.call("key", new KeyRecord(table.key())).equals(true)) {
                    found[0] = table;
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            return Optional.of(found[0]);
        }
        return Optional.empty();
    }

    private static TableStream single(Arguments call, Table table) {
        return new TableStream(call.query(), call.position(), Optional.empty(), sink -> sink.accept(table));
    }

    private static Table first(TableStream stream) {
        List<Table> tables = stream.collect();
        tables.forEach(stream.query()::drop);
        if (tables.isEmpty()) {
            throw FluxException.invalid("there is no table");
        }
        return tables.get(0);
    }

    private static List<Object> column(Arguments call, Table table) {
        Column column = Calls.column(call, table, call.string("column"));
        List<Object> values = new ArrayList<>();
        call.query().charge(24L * column.length());
        for (int row = 0; row < column.length(); row++) {
            values.add(Values.fromColumn(column.get(row), column.type()));
        }
        return values;
    }

    private static RecordValue record(Arguments call, Table table) {
        long index = call.integer("idx");
        if (index < 0 || index >= table.rows()) {
            throw call.invalid("idx", "is " + index + ", outside of a table of " + table.rows() + " rows");
        }
        return RecordValue.of(new RowRecord(table, (int) index).copy());
    }
}
