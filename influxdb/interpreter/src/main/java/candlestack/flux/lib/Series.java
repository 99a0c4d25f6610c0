package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.ColumnBuilder;
import candlestack.flux.stream.RowRecord;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Span;
import candlestack.flux.value.Unsigned;
import java.util.List;

/** From row to row: differences, rates, running sums, time between, states. */
final class Series {
    private Series() {}

    static void register(PackageDefinition universe) {
        universe.function(
                        "difference", "<-tables, ?nonNegative, ?columns, ?keepFirst, ?initialZero", Series::difference)
                .function(
                        "derivative",
                        "<-tables, ?unit, ?nonNegative, ?columns, ?timeColumn, ?initialZero",
                        Series::derivative)
                .function("cumulativeSum", "<-tables, ?columns", Series::cumulativeSum)
                .function("elapsed", "<-tables, ?unit, ?timeColumn, ?columnName", Series::elapsed)
                .function("fill", "<-tables, ?column, ?value, ?usePrevious", Fill::fill)
                .function(
                        "stateTracking",
                        "<-tables, fn, ?countColumn, ?durationColumn, ?durationUnit, ?timeColumn",
                        Series::stateTracking);
    }

    private static Object difference(Arguments call) {
        List<String> labels = call.strings("columns", List.of("_value"));
        boolean nonNegative = call.truth("nonNegative", false);
        boolean initialZero = call.truth("initialZero", false);
        boolean keepFirst = call.truth("keepFirst", false);
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Table result = table;
            for (String label : Calls.notKeys(call, table, labels)) {
                if (table.has(label)) {
                    Column column = Calls.column(call, table, label);
                    result = result.with(label, differences(call, column, nonNegative, initialZero, keepFirst));
                }
            }
            return keepFirst || table.isEmpty() ? result : result.slice(1, result.rows());
        });
    }

    private static Column differences(
            Arguments call, Column column, boolean nonNegative, boolean initialZero, boolean keepFirst) {
        boolean startsAtZero = nonNegative && initialZero && keepFirst;
        Aggregates.numeric(call).apply(column.type());
        boolean isFloat = column.type() == DataType.FLOAT;
        ColumnBuilder result = new ColumnBuilder(isFloat ? DataType.FLOAT : DataType.INTEGER, call.query());
        int previous = -1;
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                result.addNull();
                continue;
            }
            if (previous < 0) {
                result.add(startsAtZero ? isFloat ? (Object) 0.0 : (Object) 0L : null);
            } else if (isFloat) {
                addDifference(result, column.doubleAt(row), column.doubleAt(previous), nonNegative, initialZero);
            } else {
                addDifference(result, column, row, previous, nonNegative, initialZero);
            }
            previous = row;
        }
        return result.build();
    }

    private static void addDifference(
            ColumnBuilder result, double value, double before, boolean nonNegative, boolean initialZero) {
        if (nonNegative && value < before) {
            if (initialZero) {
                result.add(value);
            } else {
                result.addNull();
            }
        } else {
            result.add(value - before);
        }
    }

    private static void addDifference(
            ColumnBuilder result, Column column, int row, int previous, boolean nonNegative, boolean initialZero) {
        long value = column.longAt(row);
        if (nonNegative && RowOrder.of(column, false).compare(row, previous) < 0) {
            if (initialZero) {
                result.add(value);
            } else {
                result.addNull();
            }
        } else {
            result.add(value - column.longAt(previous));
        }
    }

    private static Object derivative(Arguments call) {
        List<String> labels = call.strings("columns", List.of("_value"));
        String timeColumn = call.string("timeColumn", "_time");
        double unit = nanos(call, "unit");
        boolean nonNegative = call.truth("nonNegative", false);
        boolean initialZero = call.truth("initialZero", false);
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Column times = Calls.column(call, table, timeColumn);
            int[] rows = distinctTimes(call, times);
            Table kept = table.take(rows, rows.length);
            Column keptTimes = kept.column(kept.indexOf(timeColumn));
            Table result = kept;
            for (String label : labels) {
                Column column = Calls.column(call, kept, label);
                result = result.with(label, rates(call, keptTimes, column, unit, nonNegative, initialZero));
            }
            return result.isEmpty() ? result : result.slice(1, result.rows());
        });
    }

    private static double nanos(Arguments call, String name) {
        Span unit = call.span(name, Span.ofNanos(1_000_000_000L));
        if (unit.months() != 0 || unit.nanos() == 0) {
            throw call.invalid(name, "must be more than 0 and without months, is " + unit);
        }
        return unit.signedNanos();
    }

    /** The first row of each time; times must ascend. */
    private static int[] distinctTimes(Arguments call, Column times) {
        int[] rows = new int[times.length()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (times.isNull(row)) {
                throw FluxException.invalid(call.function() + ": a row has no time");
            }
            if (count > 0 && times.longAt(row) < times.longAt(rows[count - 1])) {
                throw FluxException.invalid(call.function() + ": the times are not in ascending order");
            }
            if (count == 0 || times.longAt(row) > times.longAt(rows[count - 1])) {
                rows[count++] = row;
            }
        }
        return java.util.Arrays.copyOf(rows, count);
    }

    private static Column rates(
            Arguments call, Column times, Column column, double unit, boolean nonNegative, boolean initialZero) {
        Aggregates.numeric(call).apply(column.type());
        ColumnBuilder result = new ColumnBuilder(DataType.FLOAT, call.query());
        int previous = -1;
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                result.addNull();
                continue;
            }
            if (previous < 0) {
                result.addNull();
            } else {
                double elapsed = (times.longAt(row) - times.longAt(previous)) / unit;
                double value = Aggregates.number(column, row);
                double change = value - Aggregates.number(column, previous);
                if (nonNegative && change < 0) {
                    if (initialZero) {
                        result.add(0.0);
                    } else {
                        result.addNull();
                    }
                } else {
                    result.add(change / elapsed);
                }
            }
            previous = row;
        }
        return result.build();
    }

    private static Object cumulativeSum(Arguments call) {
        List<String> labels = call.strings("columns", List.of("_value"));
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Table result = table;
            for (String label : labels) {
                if (table.has(label)) {
                    result = result.with(label, sums(call, Calls.column(call, table, label)));
                }
            }
            return result;
        });
    }

    private static Column sums(Arguments call, Column column) {
        Aggregates.numeric(call).apply(column.type());
        ColumnBuilder result = new ColumnBuilder(column.type(), call.query());
        double floats = 0;
        long longs = 0;
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                result.addNull();
            } else if (column.type() == DataType.FLOAT) {
                floats += column.doubleAt(row);
                result.add(floats);
            } else {
                longs += column.longAt(row);
                result.add(longs);
            }
        }
        return result.build();
    }

    private static Object elapsed(Arguments call) {
        String timeColumn = call.string("timeColumn", "_time");
        String name = call.string("columnName", "elapsed");
        long unit = (long) nanos(call, "unit");
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Column times = Calls.column(call, table, timeColumn);
            if (times.type() != DataType.TIME) {
                throw FluxException.invalid("elapsed: column '" + timeColumn + "' is not of type time");
            }
            ColumnBuilder result = new ColumnBuilder(DataType.INTEGER, call.query());
            for (int row = 0; row < table.rows(); row++) {
                result.add(row == 0 ? 0L : (times.longAt(row) - times.longAt(row - 1)) / unit);
            }
            Table all = table.with(name, result.build());
            return all.isEmpty() ? all : all.slice(1, all.rows());
        });
    }

    private static Object stateTracking(Arguments call) {
        FunctionValue fn = call.function("fn");
        String timeColumn = call.string("timeColumn", "_time");
        long unit = (long) nanos(call, "durationUnit");
        if (!call.has("countColumn") && !call.has("durationColumn")) {
            throw FluxException.invalid("stateTracking: must be given countColumn or durationColumn");
        }
        return TableStream.mapped(call, call.stream("tables"), table -> {
            ColumnBuilder counts = new ColumnBuilder(DataType.INTEGER, call.query());
            ColumnBuilder durations = new ColumnBuilder(DataType.INTEGER, call.query());
            long count = 0;
            int since = -1;
            for (int row = 0; row < table.rows(); row++) {
                boolean in = fn.call("r", new RowRecord(table, row)).equals(true);
                count = in ? count + 1 : 0;
                since = !in ? -1 : since < 0 ? row : since;
                counts.add(in ? count : -1L);
                if (call.has("durationColumn")) {
                    Column times = Calls.column(call, table, timeColumn);
                    durations.add(in ? (times.longAt(row) - times.longAt(since)) / unit : -1L);
                }
            }
            Table result = table;
            if (call.has("countColumn")) {
                result = result.with(call.string("countColumn"), counts.build());
            }
            return call.has("durationColumn") ? result.with(call.string("durationColumn"), durations.build()) : result;
        });
    }

    /** A number of a row, boxed; unsigned as a float. */
    static double number(Object value) {
        return value instanceof Unsigned unsigned ? unsigned.toDouble() : ((Number) value).doubleValue();
    }
}
