package candlestack.influxdb.store;

import static candlestack.flux.storage.Series.FIELD;
import static candlestack.flux.storage.Series.MEASUREMENT;

import candlestack.flux.storage.Block;
import candlestack.flux.storage.ColumnType;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.StorageException;
import candlestack.flux.storage.StorageException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Turns what a query writes into points. */
public final class SeriesBatch {
    private SeriesBatch() {}

    /** @throws StorageException if a field has another type already, in the bucket or in the batch itself */
    public static PointBatch of(BucketStore bucket, List<Series> all) {
        PointBatch batch = new PointBatch();
        Map<List<String>, ColumnType> types = new HashMap<>();
        for (Series series : all) {
            String measurement = required(series, MEASUREMENT);
            String field = required(series, FIELD);
            checkType(bucket, measurement, field, series.type());
            checkType(types.putIfAbsent(List.of(measurement, field), series.type()), measurement, field, series.type());
            SeriesName name = new SeriesName(measurement, tags(series));
            for (Iterator<Block> blocks = series.blocks(); blocks.hasNext(); ) {
                add(batch, name, field, series.type(), blocks.next());
            }
        }
        return batch;
    }

    private static void add(PointBatch batch, SeriesName name, String field, ColumnType type, Block block) {
        for (int i = 0; i < block.length(); i++) {
            if (block.nulls().get(i)) {
                continue;
            }
            batch.beginPoint(name, null);
            if (type == ColumnType.STRING) {
                batch.addField(field, type, 0, block.strings()[i]);
            } else {
                batch.addField(field, type, Values.toBits(type, block.values(), i), null);
            }
            batch.endPoint(block.times()[i]);
        }
    }

    private static List<String> tags(Series series) {
        List<String> tags = new ArrayList<>();
        series.tags().forEach((key, value) -> {
            if (!key.equals(MEASUREMENT) && !key.equals(FIELD) && !value.isEmpty()) {
                tags.add(key);
                tags.add(value);
            }
        });
        return tags;
    }

    private static String required(Series series, String tag) {
        String value = series.tags().get(tag);
        if (value == null || value.isEmpty()) {
            throw new StorageException(Kind.INVALID, "cannot write points without a " + tag);
        }
        return value;
    }

    private static void checkType(BucketStore bucket, String measurement, String field, ColumnType type) {
        checkType(bucket.fieldType(measurement, field), measurement, field, type);
    }

    private static void checkType(ColumnType declared, String measurement, String field, ColumnType type) {
        if (declared != null && declared != type) {
            throw new StorageException(
                    Kind.INVALID,
                    "cannot write field \"" + field + "\" of measurement \"" + measurement + "\" as " + type
                            + ": it is " + declared + " already");
        }
    }
}
