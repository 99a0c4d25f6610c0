package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.ColumnBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Span;
import java.util.ArrayList;
import java.util.List;

/** {@code holtWinters}: forecasts a series that is sampled at an interval. */
final class HoltWinters {
    private static final long BYTES_A_VALUE = 24;

    private HoltWinters() {}

    static void register(PackageDefinition universe) {
        universe.function(
                "holtWinters",
                "<-tables, n, interval, ?withFit, ?column, ?timeColumn, ?seasonality, ?withMinSSE",
                HoltWinters::forecast);
    }

    /** Values at even intervals, null where there is none, and the times of the first and the last. */
    private record Samples(List<Double> values, long first, long last) {}

    private static Object forecast(Arguments call) {
        Span interval = call.span("interval");
        if (interval.months() != 0 || interval.signedNanos() <= 0) {
            throw call.invalid("interval", "must be more than 0 and without months, is " + interval);
        }
        return TableStream.mapped(call, call.stream("tables"), table -> forecast(call, table, interval.nanos()));
    }

    private static Table forecast(Arguments call, Table table, long interval) {
        Column times = Calls.column(call, table, call.string("timeColumn", "_time"));
        Column values = Calls.column(call, table, call.string("column", "_value"));
        Aggregates.numeric(call).apply(values.type());
        boolean withFit = call.truth("withFit", false);
        Samples samples = samples(call, times, values, interval);
        HoltWintersModel model = new HoltWintersModel(
                samples.values(), call.count("n"), (int) call.integer("seasonality", 0), call.query()::check);
        HoltWintersModel.Forecast forecast = model.forecast(withFit);
        ColumnBuilder newTimes = new ColumnBuilder(DataType.TIME, call.query());
        ColumnBuilder newValues = new ColumnBuilder(DataType.FLOAT, call.query());
        long time = withFit ? samples.first() : samples.last() + interval;
        for (double value : forecast.values()) {
            newTimes.add(time);
            newValues.add(value);
            time += interval;
        }
        int rows = forecast.values().length;
        List<ColumnMeta> metas = new ArrayList<>(
                List.of(new ColumnMeta("_time", DataType.TIME), new ColumnMeta("_value", DataType.FLOAT)));
        List<Column> columns = new ArrayList<>(List.of(newTimes.build(), newValues.build()));
        if (call.truth("withMinSSE", false)) {
            metas.add(new ColumnMeta("minSSE", DataType.FLOAT));
            columns.add(Column.constant(DataType.FLOAT, forecast.error(), rows));
        }
        return Calls.keyed(table.key(), rows, metas, columns);
    }

    /** The first value of each interval; what comes before the first value is left out. */
    private static Samples samples(Arguments call, Column times, Column column, long interval) {
        List<Double> values = new ArrayList<>();
        long first = 0;
        long last = 0;
        long filled = 0;
        for (int row = 0; row < times.length(); row++) {
            boolean begun = !values.isEmpty();
            if (times.isNull(row) || (!begun && column.isNull(row))) {
                continue;
            }
            long rounded = rounded(times.longAt(row), interval);
            if (begun && rounded <= filled) {
                continue;
            }
            for (long missing = filled + interval; begun && missing < rounded; missing += interval) {
                values.add(null);
                call.query().check();
                call.query().chargeBriefly(BYTES_A_VALUE * values.size());
            }
            values.add(number(column, row));
            filled = rounded;
            first = begun ? first : times.longAt(row);
            last = times.longAt(row);
        }
        return new Samples(values, first, last);
    }

    private static Double number(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        double value = Aggregates.number(column, row);
        if (!Double.isFinite(value)) {
            throw FluxException.invalid("holtWinters: NaN/Inf in input");
        }
        return value;
    }

    /** To the nearest multiple, half up. */
    private static long rounded(long time, long interval) {
        long rest = time % interval;
        return Long.compareUnsigned(rest + rest, interval) < 0 ? time - rest : time + (interval - rest);
    }
}
