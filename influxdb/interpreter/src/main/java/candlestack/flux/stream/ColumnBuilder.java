package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Query;
import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.value.Time;
import candlestack.flux.value.Unsigned;
import java.util.Arrays;
import java.util.BitSet;

/** Grows a column, unboxed, and counts the memory it takes. */
public final class ColumnBuilder {
    private final DataType type;
    private final Query query;
    private final BitSet nulls = new BitSet();
    private long[] longs;
    private double[] doubles;
    private boolean[] booleans;
    private Object[] objects;
    private long textBytes;
    private int capacity;
    private int size;

    public ColumnBuilder(DataType type, Query query) {
        this.type = type;
        this.query = query;
        grow(8);
    }

    public DataType type() {
        return type;
    }

    public int size() {
        return size;
    }

    private void grow(int needed) {
        if (needed <= capacity) {
            return;
        }
        int next = Math.max(needed, capacity * 2);
        query.charge((long) (next - capacity) * type.bytes());
        if (type.isLong()) {
            longs = longs == null ? new long[next] : Arrays.copyOf(longs, next);
        } else if (type == DataType.FLOAT) {
            doubles = doubles == null ? new double[next] : Arrays.copyOf(doubles, next);
        } else if (type == DataType.BOOLEAN) {
            booleans = booleans == null ? new boolean[next] : Arrays.copyOf(booleans, next);
        } else {
            objects = objects == null ? new Object[next] : Arrays.copyOf(objects, next);
        }
        capacity = next;
    }

    public void addNull() {
        grow(size + 1);
        nulls.set(size++);
    }

    public void addNulls(int count) {
        grow(size + count);
        nulls.set(size, size + count);
        size += count;
    }

    public void add(long value) {
        grow(size + 1);
        longs[size++] = value;
    }

    public void add(double value) {
        grow(size + 1);
        doubles[size++] = value;
    }

    public void add(boolean value) {
        grow(size + 1);
        booleans[size++] = value;
    }

    /** Adds a value as {@link Column#get} gives it; null is a null value. */
    public void add(Object value) {
        if (value == null) {
            addNull();
            return;
        }
        try {
            switch (type) {
                case FLOAT -> add(((Double) value).doubleValue());
                case INTEGER -> add(((Long) value).longValue());
                case BOOLEAN -> add(((Boolean) value).booleanValue());
                case TIME -> add(((Time) value).nanos());
                case UNSIGNED -> add(((Unsigned) value).bits());
                default -> addObject(value);
            }
        } catch (ClassCastException e) {
            throw FluxException.invalid("cannot put '" + value + "' into a column of type " + type.fluxName());
        }
    }

    private void addObject(Object value) {
        grow(size + 1);
        if (size == 0 || objects[size - 1] != value) {
            long bytes = Column.textBytes(value);
            query.charge(bytes);
            textBytes += bytes;
        }
        objects[size++] = value;
    }

    /** Adds a row of a column of the same type. */
    public void add(Column column, int row) {
        if (column.isNull(row)) {
            addNull();
        } else if (type.isLong()) {
            add(column.longAt(row));
        } else if (type == DataType.FLOAT) {
            add(column.doubleAt(row));
        } else if (type == DataType.BOOLEAN) {
            add(column.booleanAt(row));
        } else {
            addObject(column.get(row));
        }
    }

    /** Adds a whole column of the same type. */
    public void addAll(Column column) {
        grow(size + column.length());
        for (int row = 0; row < column.length(); row++) {
            add(column, row);
        }
    }

    /** The column. The builder is used up, its memory no longer counted. */
    public Column build() {
        query.release((long) capacity * type.bytes() + textBytes);
        if (type.isLong()) {
            return Column.of(type, longs, size, nulls);
        }
        if (type == DataType.FLOAT) {
            return Column.of(doubles, size, nulls);
        }
        return type == DataType.BOOLEAN ? Column.of(booleans, size, nulls) : Column.of(type, objects, size);
    }
}
