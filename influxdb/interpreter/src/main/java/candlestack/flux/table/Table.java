package candlestack.flux.table;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows with the same group key, by column. Immutable. */
public final class Table {
    private static final int FEW = 16;

    private final GroupKey key;
    private final List<ColumnMeta> metas;
    private final List<Column> columns;
    private final int rows;
    /** Null where there are few columns, which are sooner looked through. */
    private final Map<String, Integer> index;

    public Table(GroupKey key, List<ColumnMeta> metas, List<Column> columns, int rows) {
        this.key = requireNonNull(key, "key is null");
        this.metas = List.copyOf(metas);
        this.columns = List.copyOf(columns);
        this.rows = rows;
        for (int i = 0; i < metas.size(); i++) {
            if (columns.get(i).type() != metas.get(i).type() || columns.get(i).length() != rows) {
                throw new IllegalArgumentException(
                        "Cannot make a table: column '" + metas.get(i).label() + "' is "
                                + columns.get(i).type() + "[" + columns.get(i).length() + "], not "
                                + metas.get(i).type() + "[" + rows + "]");
            }
        }
        this.index = metas.size() > FEW ? index(metas) : null;
    }

    private static Map<String, Integer> index(List<ColumnMeta> metas) {
        Map<String, Integer> index = new HashMap<>(metas.size() * 2);
        for (int i = 0; i < metas.size(); i++) {
            index.put(metas.get(i).label(), i);
        }
        return index;
    }

    public GroupKey key() {
        return key;
    }

    /** The columns' names and types, in order. */
    public List<ColumnMeta> metas() {
        return metas;
    }

    public List<Column> columns() {
        return columns;
    }

    public Column column(int position) {
        return columns.get(position);
    }

    public int rows() {
        return rows;
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    /** The position of a column, or -1. */
    public int indexOf(String label) {
        if (index != null) {
            return index.getOrDefault(label, -1);
        }
        for (int i = metas.size() - 1; i >= 0; i--) {
            if (metas.get(i).label().equals(label)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(String label) {
        return indexOf(label) >= 0;
    }

    /** The bytes its columns hold, about. */
    public long bytes() {
        long sum = 200;
        for (Column column : columns) {
            sum += column.bytes();
        }
        return sum;
    }

    /** The table of the rows {@code taken[0..count)}. */
    public Table take(int[] taken, int count) {
        List<Column> parts = new ArrayList<>(columns.size());
        for (Column column : columns) {
            parts.add(column.take(taken, count));
        }
        return new Table(key, metas, parts, count);
    }

    /** The table of the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    public Table slice(int from, int to) {
        if (from == 0 && to == rows) {
            return this;
        }
        List<Column> parts = new ArrayList<>(columns.size());
        for (Column column : columns) {
            parts.add(column.slice(from, to));
        }
        return new Table(key, metas, parts, to - from);
    }

    /** The same columns under another key. */
    public Table withKey(GroupKey newKey) {
        return new Table(newKey, metas, columns, rows);
    }

    /** With a column put in the place of the one of that name, or at the end. */
    public Table with(String label, Column column) {
        List<ColumnMeta> newMetas = new ArrayList<>(metas);
        List<Column> newColumns = new ArrayList<>(columns);
        ColumnMeta meta = new ColumnMeta(label, column.type());
        int position = indexOf(label);
        if (position < 0) {
            newMetas.add(meta);
            newColumns.add(column);
        } else {
            newMetas.set(position, meta);
            newColumns.set(position, column);
        }
        return new Table(key, newMetas, newColumns, rows);
    }
}
