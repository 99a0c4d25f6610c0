package candlestack.flux.stream;

import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.GroupKey;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.Collection;

/** A group key as a function sees it. */
public record KeyRecord(GroupKey key) implements RecordValue {
    @Override
    public Object get(String name) {
        int index = key.indexOf(name);
        return index < 0
                ? Null.UNKNOWN
                : Values.fromColumn(key.value(index), key.columns().get(index).type());
    }

    @Override
    public boolean has(String name) {
        return key.has(name);
    }

    @Override
    public Collection<String> names() {
        return key.columns().stream().map(ColumnMeta::label).toList();
    }
}
