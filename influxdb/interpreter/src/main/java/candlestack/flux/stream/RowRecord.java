package candlestack.flux.stream;

import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.Table;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.Collection;

/** A row as a function sees it. */
public record RowRecord(Table table, int row) implements RecordValue {
    @Override
    public Object get(String name) {
        int index = table.indexOf(name);
        return index < 0
                ? Null.UNKNOWN
                : Values.fromColumn(
                        table.column(index).get(row), table.metas().get(index).type());
    }

    @Override
    public boolean has(String name) {
        return table.has(name);
    }

    @Override
    public Collection<String> names() {
        return table.metas().stream().map(ColumnMeta::label).toList();
    }
}
