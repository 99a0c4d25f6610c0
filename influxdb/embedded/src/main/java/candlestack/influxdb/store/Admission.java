package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Decides which points of a batch a bucket takes and finds or makes their columns. A point is taken or refused as a
 * whole. Used under the store's lock.
 */
final class Admission {
    private static final String TIME = "time";
    private static final int LONGEST_TEXT = 1 << 20;

    private final Registry registry;
    private final BucketStore bucket;
    private final int mostNewColumns;
    private final long oldest;

    private int created;
    private int dropped;
    private String reason = "";
    private int beyondRetention;
    private long firstBeyond = Long.MAX_VALUE;
    private long lastBeyond = Long.MIN_VALUE;

    Admission(Registry registry, BucketStore bucket, int mostNewColumns, Instant now) {
        this.registry = registry;
        this.bucket = bucket;
        this.mostNewColumns = mostNewColumns;
        Duration retention = bucket.retention();
        this.oldest = retention.isZero() ? Long.MIN_VALUE : Nanos.of(now.minus(retention));
    }

    /** Leaves in the batch what is taken, every value with its column. */
    WriteResult admit(PointBatch batch) throws IOException {
        int points = 0;
        int values = 0;
        int from = 0;
        for (int point = 0; point < batch.points; point++) {
            int to = batch.ends[point];
            int taken = admitPoint(batch, point, from, to, values);
            from = to;
            if (taken > 0) {
                batch.times[points] = batch.times[point];
                values += taken;
                batch.ends[points++] = values;
            }
        }
        batch.points = points;
        batch.values = values;
        return result();
    }

    /** Moves the point's values to {@code target}; returns how many there are, 0 if the point is refused. */
    private int admitPoint(PointBatch batch, int point, int from, int to, int target) throws IOException {
        if (batch.times[point] < oldest) {
            dropped++;
            beyondRetention++;
            firstBeyond = Math.min(firstBeyond, batch.times[point]);
            lastBeyond = Math.max(lastBeyond, batch.times[point]);
            return 0;
        }
        String refusal = resolve(batch, point, from, to);
        if (!refusal.isEmpty()) {
            dropped++;
            reason = reason.isEmpty() ? refusal : reason;
            return 0;
        }
        int taken = 0;
        for (int value = from; value < to; value++) {
            if (batch.columns[value] != null) {
                batch.columns[target + taken] = batch.columns[value];
                batch.types[target + taken] = batch.types[value];
                batch.bits[target + taken] = batch.bits[value];
                batch.texts[target + taken] = batch.texts[value];
                taken++;
            }
        }
        return taken;
    }

    /** Finds or makes the columns of a point; returns why it is refused, or nothing. */
    private String resolve(PointBatch batch, int point, int from, int to) throws IOException {
        Series series = batch.series[point] instanceof Series known && !known.isRemoved() ? known : null;
        boolean usable = false;
        for (int value = from; value < to; value++) {
            Column column = batch.columns[value];
            if (column == null || column.isDropped() || series == null) {
                String field = column == null ? batch.fields[value] : column.field();
                if (field.equals(TIME)) {
                    batch.columns[value] = null;
                    continue;
                }
                series = series == null ? known(batch, point) : series;
                column = series == null ? null : series.column(field).orElse(null);
                if (column == null) {
                    String refusal = refusal(measurementOf(batch, point), field, batch.types[value]);
                    if (!refusal.isEmpty()) {
                        return refusal;
                    }
                    series = series == null ? made(batch, point) : series;
                    created++;
                    column = registry.create(bucket, series, field, batch.types[value]);
                }
                batch.columns[value] = column;
            }
            if (column.type() != batch.types[value]) {
                return conflict(measurementOf(batch, point), column.field(), batch.types[value], column.type());
            }
            if (batch.types[value] == ColumnType.STRING && batch.texts[value].length() > LONGEST_TEXT) {
                return String.format(
                        "input field \"%s\" on measurement \"%s\" is too long, %d > %d",
                        column.field(), measurementOf(batch, point), batch.texts[value].length(), LONGEST_TEXT);
            }
            usable = true;
        }
        return usable
                ? ""
                : String.format(
                        "invalid field name: input field \"%s\" on measurement \"%s\" is invalid",
                        TIME, measurementOf(batch, point));
    }

    /** The point's series as the index has it, or null. */
    private Series known(PointBatch batch, int point) {
        Series series = bucket.find(nameOf(batch, point));
        if (series != null) {
            rememberSpelling(batch, point, series);
        }
        return series;
    }

    private Series made(PointBatch batch, int point) {
        Series series = bucket.seriesFor(nameOf(batch, point));
        rememberSpelling(batch, point, series);
        return series;
    }

    private void rememberSpelling(PointBatch batch, int point, Series series) {
        if (batch.spellings[point] != null) {
            bucket.addSpelling(batch.spellings[point], series);
        }
    }

    private String refusal(String measurement, String field, ColumnType type) {
        ColumnType declared = bucket.fieldType(measurement, field);
        if (declared != null && declared != type) {
            return conflict(measurement, field, type, declared);
        }
        if (created >= mostNewColumns) {
            return "too many series: the heap has no room for the field \"" + field
                    + "\" of another one on measurement \"" + measurement
                    + "\"; give the store more memory or use fewer tag values";
        }
        return "";
    }

    private static String conflict(String measurement, String field, ColumnType type, ColumnType declared) {
        return String.format(
                "field type conflict: input field \"%s\" on measurement \"%s\" is type %s, already exists as type %s",
                field, measurement, name(type), name(declared));
    }

    private static SeriesName nameOf(PointBatch batch, int point) {
        Object named = batch.series[point];
        return named instanceof Series known ? known.name() : (SeriesName) named;
    }

    private static String measurementOf(PointBatch batch, int point) {
        return nameOf(batch, point).measurement();
    }

    private WriteResult result() {
        if (beyondRetention > 0 && reason.isEmpty()) {
            reason = String.format(
                    "dropped %d points outside retention policy of duration %s - oldest %s, newest %s",
                    beyondRetention,
                    Nanos.text(bucket.retention()),
                    Nanos.toInstant(firstBeyond),
                    Nanos.toInstant(lastBeyond));
        }
        return dropped == 0 ? WriteResult.ALL : new WriteResult(dropped, reason);
    }

    private static String name(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
