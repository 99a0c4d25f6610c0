package candlestack.flux.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The columns that have one value in all of a table, with that value. Two keys are equal whatever the order. */
public final class GroupKey {
    public static final GroupKey EMPTY = new GroupKey(List.of(), new Object[0]);

    private final List<ColumnMeta> columns;
    private final Object[] values;
    private final int hash;

    /** @param values one a column, as {@link Column#get} gives them; null where the value is null */
    public GroupKey(List<ColumnMeta> columns, Object[] values) {
        this.columns = List.copyOf(columns);
        this.values = values.clone();
        int sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += columns.get(i).hashCode() * 31 + (values[i] == null ? 0 : values[i].hashCode());
        }
        this.hash = sum;
    }

    public List<ColumnMeta> columns() {
        return columns;
    }

    public int size() {
        return values.length;
    }

    public Object value(int index) {
        return values[index];
    }

    /** The position of a column, or -1. */
    public int indexOf(String label) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).label().equals(label)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(String label) {
        return indexOf(label) >= 0;
    }

    /** The value of a column; null where it is null or not in the key. */
    public Object value(String label) {
        int index = indexOf(label);
        return index < 0 ? null : values[index];
    }

    /** The key with a column set or added at the end. */
    public GroupKey with(String label, DataType type, Object value) {
        List<ColumnMeta> metas = new ArrayList<>(columns);
        int index = indexOf(label);
        Object[] newValues = Arrays.copyOf(values, index < 0 ? values.length + 1 : values.length);
        if (index < 0) {
            metas.add(new ColumnMeta(label, type));
            newValues[values.length] = value;
        } else {
            metas.set(index, new ColumnMeta(label, type));
            newValues[index] = value;
        }
        return new GroupKey(metas, newValues);
    }

    /** The key of the columns whose label passes. */
    public GroupKey only(Predicate<String> labels) {
        List<ColumnMeta> metas = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (labels.test(columns.get(i).label())) {
                metas.add(columns.get(i));
                kept.add(values[i]);
            }
        }
        return new GroupKey(metas, kept.toArray());
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof GroupKey key) || key.hash != hash || key.values.length != values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            int index = columns.get(i).equals(key.columns.get(i))
                    ? i
                    : key.indexOf(columns.get(i).label());
            if (index < 0
                    || columns.get(i).type() != key.columns.get(index).type()
                    || !java.util.Objects.equals(values[i], key.values[index])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(columns.get(i).label())
                    .append('=')
                    .append(values[i]);
        }
        return text.append('}').toString();
    }
}
