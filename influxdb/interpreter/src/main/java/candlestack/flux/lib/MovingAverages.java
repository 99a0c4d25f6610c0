package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.ColumnBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import java.util.List;
import java.util.function.BiFunction;

/** Averages and oscillators over the last n rows. */
final class MovingAverages {
    private MovingAverages() {}

    static void register(PackageDefinition universe) {
        universe.function("movingAverage", "<-tables, n", call -> series(call, 1, MovingAverages::simple))
                .function(
                        "exponentialMovingAverage", "<-tables, n", call -> series(call, 1, MovingAverages::exponential))
                .function(
                        "relativeStrengthIndex", "<-tables, n, ?columns", call -> series(call, 0, MovingAverages::rsi))
                .function(
                        "chandeMomentumOscillator",
                        "<-tables, n, ?columns",
                        call -> series(call, 0, MovingAverages::momentum))
                .function("kaufmansAMA", "<-tables, n, ?column", call -> series(call, 0, MovingAverages::kaufman))
                .function(
                        "tripleExponentialDerivative",
                        "<-tables, n",
                        call -> series(call, 1, MovingAverages::tripleExponential));
    }

    /** Values, null where a row has none; a result that is shorter belongs to the last rows. */
    @FunctionalInterface
    private interface Calculation extends BiFunction<Double[], Integer, Double[]> {}

    private static Object series(Arguments call, int padded, Calculation calculation) {
        int n = call.count("n");
        if (n == 0) {
            throw call.invalid("n", "must be more than 0");
        }
        List<String> labels =
                call.has("column") ? List.of(call.string("column")) : call.strings("columns", List.of("_value"));
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Table result = table;
            int kept = table.rows();
            for (String label : labels) {
                Column column = Calls.column(call, table, label);
                Double[] values = calculation.apply(numbers(call, column), n);
                if (padded == 1 && table.rows() < n && table.rows() > 0 && calculation != null) {
                    kept = Math.min(kept, values.length);
                }
                kept = Math.min(kept, values.length);
                result = result.with(label, column(call, values, table.rows()));
            }
            return result.slice(table.rows() - kept, table.rows());
        });
    }

    private static Double[] numbers(Arguments call, Column column) {
        Aggregates.numeric(call).apply(column.type());
        Double[] values = new Double[column.length()];
        for (int row = 0; row < values.length; row++) {
            values[row] = column.isNull(row) ? null : Aggregates.number(column, row);
        }
        return values;
    }

    private static Column column(Arguments call, Double[] values, int rows) {
        ColumnBuilder builder = new ColumnBuilder(DataType.FLOAT, call.query());
        builder.addNulls(rows - values.length);
        for (Double value : values) {
            builder.add((Object) value);
        }
        return builder.build();
    }

    /** Of fewer than n values, one average of all. */
    private static Double[] simple(Double[] values, int n) {
        int width = Math.min(n, values.length);
        int count = values.length == 0 ? 0 : values.length - width + 1;
        Double[] result = new Double[count];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            int known = 0;
            for (int j = i; j < i + width; j++) {
                if (values[j] != null) {
                    sum += values[j];
                    known++;
                }
            }
            result[i] = known == 0 ? null : (Double) (sum / known);
        }
        return result;
    }

    /** Seeded with the mean of the first n values, null values left out. */
    private static Double[] exponential(Double[] values, int n) {
        if (values.length == 0) {
            return values;
        }
        double sum = 0;
        int known = 0;
        int row = 0;
        for (; row < values.length && known < n; row++) {
            if (values[row] != null) {
                sum += values[row];
                known++;
            }
        }
        if (known < n) {
            return new Double[] {known == 0 ? null : sum / known};
        }
        Double[] result = new Double[values.length - row + 1];
        double average = sum / n;
        result[0] = average;
        double weight = 2.0 / (n + 1);
        for (int i = 1; row < values.length; i++, row++) {
            if (values[row] != null) {
                average = values[row] * weight + average * (1 - weight);
            }
            result[i] = values[row] == null && i == 0 ? null : (Double) average;
        }
        return result;
    }

    /** Wilder's: the first n changes are averaged, later ones smoothed in. */
    private static Double[] rsi(Double[] values, int n) {
        if (values.length <= n) {
            return values.length == 0 ? values : new Double[] {rsiOf(values, 0, values.length - 1)};
        }
        Double[] result = new Double[values.length - n];
        double up = 0;
        double down = 0;
        for (int row = 1; row < values.length; row++) {
            double change = orZero(values[row]) - orZero(values[row - 1]);
            if (values[row] == null || values[row - 1] == null) {
                change = 0;
            }
            double gain = Math.max(change, 0);
            double loss = Math.max(-change, 0);
            if (row <= n) {
                up += gain / n;
                down += loss / n;
            } else {
                up = (up * (n - 1) + gain) / n;
                down = (down * (n - 1) + loss) / n;
            }
            if (row >= n) {
                result[row - n] = 100 - 100 / (1 + up / down);
            }
        }
        return result;
    }

    private static Double rsiOf(Double[] values, int from, int to) {
        double up = 0;
        double down = 0;
        for (int row = from + 1; row <= to; row++) {
            double change = orZero(values[row]) - orZero(values[row - 1]);
            up += Math.max(change, 0);
            down += Math.max(-change, 0);
        }
        return 100 - 100 / (1 + up / down);
    }

    private static double orZero(Double value) {
        return value == null ? 0 : value;
    }

    private static Double[] momentum(Double[] values, int n) {
        if (values.length == 0) {
            return values;
        }
        int first = Math.min(n, values.length - 1);
        Double[] result = new Double[values.length - first];
        for (int row = first; row < values.length; row++) {
            double up = 0;
            double down = 0;
            for (int i = row - first + 1; i <= row; i++) {
                double change = values[i] == null || values[i - 1] == null ? 0 : values[i] - values[i - 1];
                up += Math.max(change, 0);
                down += Math.max(-change, 0);
            }
            result[row - first] = up + down == 0 ? (Double) 0.0 : (Double) (100 * (up - down) / (up + down));
        }
        return result;
    }

    /** The fast constant is that of 2 rows, the slow one that of 30. */
    private static Double[] kaufman(Double[] values, int n) {
        if (values.length <= n) {
            return new Double[0];
        }
        Double[] result = new Double[values.length - n];
        double average = orZero(values[n - 1]);
        for (int row = n; row < values.length; row++) {
            double volatility = 0;
            for (int i = row - n + 1; i <= row; i++) {
                volatility += Math.abs(orZero(values[i]) - orZero(values[i - 1]));
            }
            double efficiency =
                    volatility == 0 ? 0 : Math.abs(orZero(values[row]) - orZero(values[row - n])) / volatility;
            double smoothing = efficiency * (2.0 / 3 - 2.0 / 31) + 2.0 / 31;
            average += smoothing * smoothing * (orZero(values[row]) - average);
            result[row - n] = average;
        }
        return result;
    }

    private static Double[] tripleExponential(Double[] values, int n) {
        Double[] smooth = exponentialOrNone(exponentialOrNone(exponentialOrNone(values, n), n), n);
        if (smooth.length < 2) {
            return new Double[0];
        }
        Double[] result = new Double[smooth.length - 1];
        for (int i = 0; i < result.length; i++) {
            result[i] = (smooth[i + 1] / smooth[i] - 1) * 100;
        }
        return result;
    }

    private static Double[] exponentialOrNone(Double[] values, int n) {
        return values.length < n ? new Double[0] : exponential(values, n);
    }
}
