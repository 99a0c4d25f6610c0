package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Bounds;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Distributions: quantiles, modes, histograms, integrals, covariance. */
final class Statistics {
    private Statistics() {}

    static void register(PackageDefinition universe) {
        universe.function("quantile", "<-tables, q, ?column, ?compression, ?method", Statistics::quantile)
                .function("mode", "<-tables, ?column", Statistics::mode)
                .function(
                        "histogram",
                        "<-tables, bins, ?column, ?upperBoundColumn, ?countColumn, ?normalize",
                        Statistics::histogram)
                .function(
                        "histogramQuantile",
                        "<-tables, ?quantile, ?countColumn, ?upperBoundColumn, ?valueColumn,"
                                + " ?minValue, ?onNonmonotonic",
                        HistogramQuantile::stream)
                .function("integral", "<-tables, ?unit, ?timeColumn, ?column, ?interpolate", Statistics::integral)
                .function("covariance", "<-tables, columns, ?pearsonr, ?valueDst", Statistics::covariance);
    }

    private static Object quantile(Arguments call) {
        double q = call.number("q");
        if (!(q >= 0 && q <= 1)) {
            throw call.invalid("q", "must be from 0 to 1, is " + q);
        }
        String method = call.string("method", "estimate_tdigest");
        return switch (method) {
            case "estimate_tdigest" ->
                Aggregates.of(call, Aggregates.toFloat(call), column -> {
                    double compression = call.number("compression", 0);
                    TDigest digest = new TDigest(compression == 0 ? 1000 : compression);
                    for (int row = 0; row < column.length(); row++) {
                        if (!column.isNull(row)) {
                            digest.add(Aggregates.number(column, row));
                        }
                    }
                    return digest.isEmpty() ? null : (Object) digest.quantile(q);
                });
            case "exact_mean" ->
                Aggregates.of(call, Aggregates.toFloat(call), column -> exactMean(sortedNumbers(column), q));
            case "exact_selector" -> Selectors.of(call, column -> exactRow(column, q));
            default ->
                throw call.invalid(
                        "method",
                        "must be \"estimate_tdigest\", \"exact_mean\" or \"exact_selector\", is \"" + method + "\"");
        };
    }

    private static double[] sortedNumbers(Column column) {
        double[] numbers = new double[column.length()];
        int count = 0;
        for (int row = 0; row < numbers.length; row++) {
            if (!column.isNull(row)) {
                numbers[count++] = Aggregates.number(column, row);
            }
        }
        double[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static Object exactMean(double[] sorted, double q) {
        if (sorted.length == 0) {
            return null;
        }
        double place = q * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    private static int exactRow(Column column, double q) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                rows.add(row);
            }
        }
        rows.sort(RowOrder.of(column, false));
        if (rows.isEmpty()) {
            return -1;
        }
        int place = (int) Math.ceil(q * rows.size());
        return rows.get(Math.max(0, place - 1));
    }

    private static Object mode(Arguments call) {
        String label = call.string("column", "_value");
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Column column = Calls.column(call, table, label);
            Map<Object, Integer> counts = new LinkedHashMap<>();
            for (int row = 0; row < table.rows(); row++) {
                if (!column.isNull(row)) {
                    counts.merge(column.get(row), 1, Integer::sum);
                }
            }
            int most =
                    counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            List<Object> modes = counts.keySet().stream()
                    .filter(value -> counts.get(value) == most)
                    .sorted(candlestack.flux.value.Values::compare)
                    .toList();
            boolean none = counts.isEmpty()
                    || most == 1 && counts.size() > 1
                    || counts.size() > 1 && modes.size() == counts.size();
            Object[] values = none ? new Object[] {null} : modes.toArray();
            candlestack.flux.stream.ColumnBuilder result =
                    new candlestack.flux.stream.ColumnBuilder(column.type(), call.query());
            for (Object value : values) {
                result.add(value);
            }
            return Calls.keyed(
                    table.key(),
                    values.length,
                    List.of(new ColumnMeta("_value", column.type())),
                    List.of(result.build()));
        });
    }

    private static Object histogram(Arguments call) {
        String label = call.string("column", "_value");
        String bound = call.string("upperBoundColumn", "le");
        String countColumn = call.string("countColumn", "_value");
        boolean normalize = call.truth("normalize", false);
        double[] bins = call.list("bins").stream().mapToDouble(Series::number).toArray();
        Arrays.sort(bins);
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Column column = Calls.column(call, table, label);
            if (column.type() != DataType.FLOAT) {
                throw FluxException.invalid("histogram: column '" + label + "' must be of type float");
            }
            double[] sorted = sortedNumbers(column);
            TableBuilder rows = new TableBuilder(table.key(), call.query());
            int below = 0;
            for (double bin : bins) {
                while (below < sorted.length && sorted[below] <= bin) {
                    below++;
                }
                rows.column(bound, DataType.FLOAT).add(bin);
                rows.column(countColumn, DataType.FLOAT).add(normalize ? below / (double) sorted.length : below);
                rows.endRow();
            }
            Table values = rows.build();
            return Calls.keyed(table.key(), values.rows(), values.metas(), values.columns());
        });
    }

    private static Object integral(Arguments call) {
        String label = call.string("column", "_value");
        String timeColumn = call.string("timeColumn", "_time");
        Span unit = call.span("unit", Span.ofNanos(1_000_000_000L));
        String interpolate = call.string("interpolate", "");
        if (!interpolate.isEmpty() && !interpolate.equals("linear")) {
            throw call.invalid("interpolate", "must be \"linear\" or \"\", is \"" + interpolate + "\"");
        }
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Column times = Calls.column(call, table, timeColumn);
            Column values = Calls.column(call, table, label);
            Aggregates.numeric(call).apply(values.type());
            Integral area = new Integral(unit.nanos());
            for (int row = 0; row < table.rows(); row++) {
                if (!values.isNull(row) && !times.isNull(row)) {
                    area.add(times.longAt(row), Aggregates.number(values, row));
                }
            }
            Object result = area.isEmpty()
                    ? null
                    : (Object) (interpolate.isEmpty() ? area.value() : area.extended(bounds(call, table)));
            return Calls.keyed(
                    table.key(),
                    1,
                    List.of(new ColumnMeta(label, DataType.FLOAT)),
                    List.of(Column.constant(DataType.FLOAT, result, 1)));
        });
    }

    private static Bounds bounds(Arguments call, Table table) {
        if (table.key().value("_start") instanceof candlestack.flux.value.Time start
                && table.key().value("_stop") instanceof candlestack.flux.value.Time stop) {
            return new Bounds(start.nanos(), stop.nanos());
        }
        throw FluxException.invalid(call.position(), "integral: interpolation needs _start and _stop in the group key");
    }

    private static Object covariance(Arguments call) {
        List<String> labels = call.strings("columns");
        if (labels.size() != 2) {
            throw call.invalid("columns", "must name exactly two columns");
        }
        boolean pearson = call.truth("pearsonr", false);
        String target = call.string("valueDst", "_value");
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Column x = Calls.column(call, table, labels.get(0));
            Column y = Calls.column(call, table, labels.get(1));
            Aggregates.numeric(call).apply(x.type());
            if (x.type() != y.type()) {
                throw FluxException.invalid("covariance: the columns are not of one type");
            }
            return Calls.keyed(
                    table.key(),
                    1,
                    List.of(new ColumnMeta(target, DataType.FLOAT)),
                    List.of(Column.constant(DataType.FLOAT, covariance(x, y, pearson), 1)));
        });
    }

    private static Double covariance(Column x, Column y, boolean pearson) {
        double n = 0;
        double meanX = 0;
        double meanY = 0;
        double squaresX = 0;
        double squaresY = 0;
        double products = 0;
        for (int row = 0; row < x.length(); row++) {
            if (x.isNull(row) || y.isNull(row)) {
                continue;
            }
            n++;
            double fromMeanX = Aggregates.number(x, row) - meanX;
            double fromMeanY = Aggregates.number(y, row) - meanY;
            meanX += fromMeanX / n;
            meanY += fromMeanY / n;
            squaresX += fromMeanX * (Aggregates.number(x, row) - meanX);
            squaresY += fromMeanY * (Aggregates.number(y, row) - meanY);
            products += fromMeanX * (Aggregates.number(y, row) - meanY);
        }
        return pearson ? products / Math.sqrt(squaresX) / Math.sqrt(squaresY) : products / (n - 1);
    }
}
