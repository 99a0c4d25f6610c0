package candlestack.flux.table;

import candlestack.flux.value.Time;
import candlestack.flux.value.Unsigned;

/** The same value in every row, as the columns of a group key have. */
final class ConstantColumn extends Column {
    private final Object value;
    private final int length;

    ConstantColumn(DataType type, Object value, int length) {
        super(type);
        this.value = value;
        this.length = length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean isNull(int row) {
        return value == null;
    }

    @Override
    public long longAt(int row) {
        if (value instanceof Time time) {
            return time.nanos();
        }
        return value instanceof Unsigned unsigned ? unsigned.bits() : value == null ? 0 : (Long) value;
    }

    @Override
    public double doubleAt(int row) {
        return value == null ? 0 : (Double) value;
    }

    @Override
    public boolean booleanAt(int row) {
        return value != null && (Boolean) value;
    }

    @Override
    public Object get(int row) {
        return value;
    }

    @Override
    public Column take(int[] rows, int count) {
        return count == length ? this : new ConstantColumn(type(), value, count);
    }

    @Override
    public Column slice(int from, int to) {
        return new ConstantColumn(type(), value, to - from);
    }

    @Override
    public long bytes() {
        return 48;
    }

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public boolean hasNoNulls() {
        return value != null;
    }
}
