package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Query;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects rows of one group key; columns that come late are null in the rows before. */
public final class TableBuilder {
    private final GroupKey key;
    private final Query query;
    private final Map<String, ColumnBuilder> columns = new LinkedHashMap<>();
    private int rows;

    public TableBuilder(GroupKey key, Query query) {
        this.key = key;
        this.query = query;
    }

    public GroupKey key() {
        return key;
    }

    public int rows() {
        return rows;
    }

    /** The builder of a column, made if need be. */
    public ColumnBuilder column(String label, DataType type) {
        ColumnBuilder column = columns.get(label);
        if (column == null) {
            column = new ColumnBuilder(type, query);
            column.addNulls(rows);
            columns.put(label, column);
        } else if (column.type() != type) {
            throw FluxException.invalid("schema collision: column '" + label + "' is both of type "
                    + column.type().fluxName() + " and of type " + type.fluxName());
        }
        return column;
    }

    /** Makes sure all columns of a table are there, in its order. */
    public void columnsOf(Table table) {
        for (ColumnMeta meta : table.metas()) {
            column(meta.label(), meta.type());
        }
    }

    /** Ends a row: columns it gave no value get null. */
    public void endRow() {
        rows++;
        for (ColumnBuilder column : columns.values()) {
            if (column.size() < rows) {
                column.addNull();
            }
        }
    }

    /** Adds a row of a table. */
    public void addRow(Table table, int row) {
        for (int i = 0; i < table.metas().size(); i++) {
            ColumnMeta meta = table.metas().get(i);
            column(meta.label(), meta.type()).add(table.column(i), row);
        }
        endRow();
    }

    /** Adds all rows of a table. */
    public void addAll(Table table) {
        for (int i = 0; i < table.metas().size(); i++) {
            ColumnMeta meta = table.metas().get(i);
            column(meta.label(), meta.type()).addAll(table.column(i));
        }
        rows += table.rows();
        for (ColumnBuilder column : columns.values()) {
            column.addNulls(rows - column.size());
        }
    }

    /** The table; without columns it has no rows. The builder is used up. */
    public Table build() {
        List<ColumnMeta> metas = new ArrayList<>(columns.size());
        List<Column> built = new ArrayList<>(columns.size());
        columns.forEach((label, column) -> {
            metas.add(new ColumnMeta(label, column.type()));
            built.add(column.build());
        });
        return new Table(key, metas, built, columns.isEmpty() ? 0 : rows);
    }
}
