package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The quantile of a cumulative histogram, on a straight line within its bucket. */
final class HistogramQuantile {
    private record Bucket(double upper, double count) {}

    private HistogramQuantile() {}

    static Object stream(Arguments call) {
        TableStream input = call.stream("tables");
        double quantile = call.number("quantile", 0);
        if (!java.util.Set.of("error", "force", "drop").contains(call.string("onNonmonotonic", "error"))) {
            throw FluxException.invalid(
                    call.position(),
                    "value provided to histogramQuantile parameter onNonmonotonic is invalid: '"
                            + call.string("onNonmonotonic") + "', expected error, force or drop");
        }
        if (!(quantile >= 0 && quantile <= 1)) {
            throw call.invalid("quantile", "must be from 0 to 1, is " + quantile);
        }
        return TableStream.derived(
                call,
                input,
                sink -> input.run(table -> table(call, table, quantile).ifPresent(sink)));
    }

    private static Optional<Table> table(Arguments call, Table table, double quantile) {
        Column counts = Calls.column(call, table, call.string("countColumn", "_value"));
        Column bounds = Calls.column(call, table, call.string("upperBoundColumn", "le"));
        if (counts.type() != DataType.FLOAT || bounds.type() != DataType.FLOAT) {
            throw FluxException.invalid("histogramQuantile: counts and upper bounds must be of type float");
        }
        List<Bucket> buckets = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            if (counts.isNull(row) != bounds.isNull(row) || bounds.isNull(row)) {
                throw FluxException.invalid("histogramQuantile: a count or an upper bound is null");
            }
            buckets.add(new Bucket(bounds.doubleAt(row), counts.doubleAt(row)));
        }
        buckets.sort(Comparator.comparingDouble(Bucket::upper));
        Optional<List<Bucket>> monotonic = monotonic(call, buckets);
        if (monotonic.isEmpty()) {
            return Optional.empty();
        }
        Double value = monotonic.get().isEmpty() ? null : value(call, monotonic.get(), quantile);
        return Optional.of(Calls.keyed(
                table.key(),
                1,
                List.of(new ColumnMeta(call.string("valueColumn", "_value"), DataType.FLOAT)),
                List.of(Column.constant(DataType.FLOAT, value, 1))));
    }

    /** The buckets with counts that never fall; empty if the table is to be left out. */
    private static Optional<List<Bucket>> monotonic(Arguments call, List<Bucket> buckets) {
        String mode = call.string("onNonmonotonic", "error");
        List<Bucket> result = new ArrayList<>();
        double before = 0;
        for (Bucket bucket : buckets) {
            if (bucket.count() < before) {
                switch (mode) {
                    case "error" ->
                        throw FluxException.invalid("histogramQuantile: histogram records counts are not monotonic");
                    case "drop" -> {
                        return Optional.empty();
                    }
                    case "force" -> result.add(new Bucket(bucket.upper(), before));
                    default ->
                        throw FluxException.invalid(
                                call.position(),
                                "value provided to histogramQuantile parameter onNonmonotonic is invalid: " + "'" + mode
                                        + "', expected error, force or drop");
                }
            } else {
                result.add(bucket);
                before = bucket.count();
            }
        }
        return Optional.of(result);
    }

    private static Double value(Arguments call, List<Bucket> buckets, double quantile) {
        double total = buckets.get(buckets.size() - 1).count();
        if (total == 0) {
            return null;
        }
        double rank = quantile * total;
        int index = 0;
        while (index < buckets.size() - 1 && buckets.get(index).count() < rank) {
            index++;
        }
        Bucket bucket = buckets.get(index);
        double minimum = call.number("minValue", 0);
        double lower = index == 0 ? minimum : buckets.get(index - 1).upper();
        double below = index == 0 ? 0 : buckets.get(index - 1).count();
        if (index == 0 && rank == 0 || bucket.count() == below) {
            return index == 0 ? (rank == 0 ? minimum : bucket.upper()) : lower;
        }
        if (Double.isInfinite(bucket.upper())) {
            return lower;
        }
        return lower + (bucket.upper() - lower) * (rank - below) / (bucket.count() - below);
    }
}
