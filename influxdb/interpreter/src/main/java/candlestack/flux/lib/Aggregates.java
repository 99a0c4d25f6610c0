package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Aggregation.Function;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Unsigned;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One row of many: count, sum, mean and the like. Null values do not count. */
final class Aggregates {
    private Aggregates() {}

    /** Makes one value of a column; null is a null value. */
    @FunctionalInterface
    interface Fold {
        Object apply(Column column);
    }

    /** The type of the result for the type of the column; throws if the column cannot be aggregated. */
    @FunctionalInterface
    interface Typing {
        DataType apply(DataType type);
    }

    static void register(PackageDefinition universe) {
        universe.function(
                        "count",
                        "<-tables, ?column",
                        call -> pushed(call, Function.COUNT, type -> DataType.INTEGER, Aggregates::count))
                .function(
                        "sum", "<-tables, ?column", call -> pushed(call, Function.SUM, numeric(call), Aggregates::sum))
                .function(
                        "mean",
                        "<-tables, ?column",
                        call -> pushed(call, Function.MEAN, toFloat(call), Aggregates::mean))
                .function("stddev", "<-tables, ?column, ?mode", Aggregates::stddev)
                .function("spread", "<-tables, ?column", call -> of(call, numeric(call), Aggregates::spread))
                .function("skew", "<-tables, ?column", call -> of(call, toFloat(call), Aggregates::skew));
    }

    static Typing numeric(Arguments call) {
        return type -> {
            if (!type.isNumeric()) {
                throw FluxException.invalid(call.function() + ": cannot aggregate a column of type " + type.fluxName());
            }
            return type;
        };
    }

    static Typing toFloat(Arguments call) {
        return type -> {
            numeric(call).apply(type);
            return DataType.FLOAT;
        };
    }

    /** An aggregate that a store may compute. */
    private static TableStream pushed(Arguments call, Function function, Typing typing, Fold fold) {
        TableStream plain = of(call, typing, fold);
        TableStream input = call.stream("tables");
        if (!(input instanceof StorageStream storage)
                || !call.string("column", "_value").equals("_value")) {
            return plain;
        }
        return TableStream.derived(call, input, sink -> {
            if (!storage.runAggregated(new Aggregation(function, Optional.empty()), sink)) {
                plain.run(sink);
            }
        });
    }

    /** One row a table: the key and the aggregated column. */
    static TableStream of(Arguments call, Typing typing, Fold fold) {
        String label = call.string("column", "_value");
        TableStream input = call.stream("tables");
        return TableStream.derived(
                call, input, sink -> input.run(table -> aggregate(call, table, label, typing, fold, sink)));
    }

    private static void aggregate(
            Arguments call, Table table, String label, Typing typing, Fold fold, Consumer<Table> sink) {
        Column column = Calls.column(call, table, label);
        Calls.notKeys(call, table, List.of(label));
        DataType type = typing.apply(column.type());
        Object result = fold.apply(column);
        sink.accept(Calls.keyed(
                table.key(), 1, List.of(new ColumnMeta(label, type)), List.of(Column.constant(type, result, 1))));
    }

    static Object count(Column column) {
        return (long) column.length();
    }

    static Object sum(Column column) {
        if (column.type() == DataType.FLOAT) {
            double sum = 0;
            for (int row = 0; row < column.length(); row++) {
                sum += column.isNull(row) ? 0 : column.doubleAt(row);
            }
            return values(column) == 0 ? null : sum;
        }
        long sum = 0;
        for (int row = 0; row < column.length(); row++) {
            sum += column.isNull(row) ? 0 : column.longAt(row);
        }
        if (values(column) == 0) {
            return null;
        }
        return column.type() == DataType.UNSIGNED ? new Unsigned(sum) : (Object) sum;
    }

    private static int values(Column column) {
        int count = 0;
        for (int row = 0; row < column.length(); row++) {
            count += column.isNull(row) ? 0 : 1;
        }
        return count;
    }

    /** A row of a numeric column as a float. */
    static double number(Column column, int row) {
        return switch (column.type()) {
            case FLOAT -> column.doubleAt(row);
            case UNSIGNED -> new Unsigned(column.longAt(row)).toDouble();
            default -> column.longAt(row);
        };
    }

    static Object mean(Column column) {
        double sum = 0;
        long count = 0;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                sum += number(column, row);
                count++;
            }
        }
        return count == 0 ? null : sum / count;
    }

    private static Object stddev(Arguments call) {
        String mode = call.string("mode", "sample");
        if (!mode.equals("sample") && !mode.equals("population")) {
            throw call.invalid("mode", "must be \"sample\" or \"population\", is \"" + mode + "\"");
        }
        return of(call, toFloat(call), column -> stddev(column, mode.equals("sample")));
    }

    static Object stddev(Column column, boolean sample) {
        Object mean = mean(column);
        if (mean == null) {
            return null;
        }
        double squares = 0;
        long count = 0;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                double difference = number(column, row) - (Double) mean;
                squares += difference * difference;
                count++;
            }
        }
        return sample && count < 2 ? Double.NaN : Math.sqrt(squares / (sample ? count - 1 : count));
    }

    private static Object spread(Column column) {
        int least = -1;
        int greatest = -1;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                least = least < 0 || RowOrder.of(column, false).compare(row, least) < 0 ? row : least;
                greatest = greatest < 0 || RowOrder.of(column, false).compare(row, greatest) > 0 ? row : greatest;
            }
        }
        if (least < 0) {
            return null;
        }
        return switch (column.type()) {
            case FLOAT -> (Object) (column.doubleAt(greatest) - column.doubleAt(least));
            case UNSIGNED -> new Unsigned(column.longAt(greatest) - column.longAt(least));
            default -> (Object) (column.longAt(greatest) - column.longAt(least));
        };
    }

    private static Object skew(Column column) {
        Object mean = mean(column);
        if (mean == null) {
            return null;
        }
        double second = 0;
        double third = 0;
        long count = 0;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                double difference = number(column, row) - (Double) mean;
                second += difference * difference;
                third += difference * difference * difference;
                count++;
            }
        }
        return count < 2 ? Double.NaN : third / count / Math.pow(second / count, 1.5);
    }
}
