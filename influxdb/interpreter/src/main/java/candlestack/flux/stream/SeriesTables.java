package candlestack.flux.stream;

import candlestack.flux.eval.Query;
import candlestack.flux.storage.Block;
import candlestack.flux.storage.Series;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.Time;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

/**
 * Makes tables of a store's series: {@code _start, _stop, _time, _value}, then the tags. Series with the same tags
 * follow each other, so what their tables have in common is made once. Not thread-safe.
 */
final class SeriesTables {
    private static final BitSet NO_NULLS = new BitSet(0);
    private static final ColumnMeta TIME = new ColumnMeta("_time", DataType.TIME);

    private final Query query;
    private final Object[] bounds;
    private final boolean withoutTime;
    private List<String> tags = List.of();
    private DataType type = DataType.TIME; // no field has it: the first series differs
    private List<ColumnMeta> keys = List.of();
    private List<ColumnMeta> metas = List.of();

    /** @param withoutTime where the values have no time of their own */
    SeriesTables(Query query, Bounds range, boolean withoutTime) {
        this.query = query;
        this.bounds = new Object[] {new Time(range.start()), new Time(range.stop())};
        this.withoutTime = withoutTime;
    }

    Table table(Series series) {
        prepare(series);
        Object[] keyValues = keyValues(series);
        List<Column> columns = new ArrayList<>(metas.size());
        addPoints(series, columns);
        int rows = columns.get(0).length();
        for (int i = 0; i < keyValues.length; i++) {
            columns.add(
                    i < bounds.length ? i : columns.size(),
                    Column.constant(keys.get(i).type(), keyValues[i], rows));
        }
        return new Table(new GroupKey(keys, keyValues), metas, columns, rows);
    }

    private void prepare(Series series) {
        DataType seriesType = DataType.valueOf(series.type().name());
        if (seriesType == type && same(series)) {
            return;
        }
        type = seriesType;
        tags = List.copyOf(series.tags().keySet());
        List<ColumnMeta> allKeys = new ArrayList<>();
        allKeys.add(new ColumnMeta("_start", DataType.TIME));
        allKeys.add(new ColumnMeta("_stop", DataType.TIME));
        tags.forEach(tag -> allKeys.add(new ColumnMeta(tag, DataType.STRING)));
        List<ColumnMeta> all = new ArrayList<>(allKeys.subList(0, bounds.length));
        if (!withoutTime) {
            all.add(TIME);
        }
        all.add(new ColumnMeta("_value", type));
        all.addAll(allKeys.subList(bounds.length, allKeys.size()));
        keys = List.copyOf(allKeys);
        metas = List.copyOf(all);
    }

    private boolean same(Series series) {
        if (series.tags().size() != tags.size()) {
            return false;
        }
        int i = 0;
        for (String tag : series.tags().keySet()) {
            if (!tag.equals(tags.get(i++))) {
                return false;
            }
        }
        return true;
    }

    private Object[] keyValues(Series series) {
        Object[] values = new Object[keys.size()];
        System.arraycopy(bounds, 0, values, 0, bounds.length);
        int i = bounds.length;
        for (String value : series.tags().values()) {
            values[i++] = value;
        }
        return values;
    }

    /** The times, unless there are none, and the values. A single block is taken as it is. */
    private void addPoints(Series series, List<Column> columns) {
        Iterator<Block> blocks = series.blocks();
        query.checkNow();
        Block first = StorageStream.guarded(blocks::next);
        Column times = Column.of(DataType.TIME, first.times(), first.length(), NO_NULLS);
        Column values = values(first);
        if (blocks.hasNext()) {
            ColumnBuilder allTimes = new ColumnBuilder(DataType.TIME, query);
            ColumnBuilder allValues = new ColumnBuilder(type, query);
            allTimes.addAll(times);
            allValues.addAll(values);
            while (StorageStream.guarded(blocks::hasNext)) {
                query.checkNow();
                Block block = StorageStream.guarded(blocks::next);
                allTimes.addAll(Column.of(DataType.TIME, block.times(), block.length(), NO_NULLS));
                allValues.addAll(values(block));
            }
            times = allTimes.build();
            values = allValues.build();
        }
        if (!withoutTime) {
            columns.add(times);
        }
        columns.add(values);
    }

    private Column values(Block block) {
        return switch (type) {
            case FLOAT -> Column.of(block.doubles(), block.length(), block.nulls());
            case INTEGER, UNSIGNED -> Column.of(type, block.longs(), block.length(), block.nulls());
            case BOOLEAN -> Column.of(block.booleans(), block.length(), block.nulls());
            default -> Column.of(type, block.strings(), block.length());
        };
    }
}
