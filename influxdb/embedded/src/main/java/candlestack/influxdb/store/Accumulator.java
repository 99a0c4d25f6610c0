package candlestack.influxdb.store;

import candlestack.flux.storage.Aggregation.Function;
import candlestack.flux.storage.ColumnType;

/** Makes one value of the points of a window; after {@link #flush} it begins anew. */
abstract sealed class Accumulator {
    private long count;

    static Accumulator of(Function function, ColumnType type) {
        return switch (function) {
            case COUNT -> new Count();
            case FIRST, LAST -> new Pick(function == Function.FIRST);
            case SUM, MEAN ->
                type == ColumnType.FLOAT
                        ? new DoubleSum(function == Function.MEAN)
                        : new LongSum(function == Function.MEAN, type == ColumnType.UNSIGNED);
            case MIN, MAX ->
                type == ColumnType.FLOAT
                        ? new DoubleExtreme(function == Function.MIN)
                        : new LongExtreme(function == Function.MIN, type == ColumnType.UNSIGNED);
        };
    }

    final void add(Run run, int from, int to) {
        accept(run, from, to);
        count += to - from;
    }

    final long count() {
        return count;
    }

    /** Writes the value at {@code time}. */
    final void flush(AggregateSink sink, long time) {
        write(sink, time);
        count = 0;
    }

    /** The time of the selected point; only selectors have one. */
    long time() {
        throw new IllegalStateException("not a selector");
    }

    abstract void accept(Run run, int from, int to);

    abstract void write(AggregateSink sink, long time);

    private static final class Count extends Accumulator {
        @Override
        void accept(Run run, int from, int to) {}

        @Override
        void write(AggregateSink sink, long time) {
            sink.addLong(time, count());
        }
    }

    private static final class Pick extends Accumulator {
        private final boolean first;
        private Run run;
        private int index;

        Pick(boolean first) {
            this.first = first;
        }

        @Override
        void accept(Run next, int from, int to) {
            if (!first || count() == 0) {
                run = next;
                index = first ? from : to - 1;
            }
        }

        @Override
        long time() {
            return run.times()[index];
        }

        @Override
        void write(AggregateSink sink, long time) {
            sink.addCopy(time, run.values(), index);
        }
    }

    private static final class DoubleSum extends Accumulator {
        private final boolean mean;
        private double sum;

        DoubleSum(boolean mean) {
            this.mean = mean;
        }

        @Override
        void accept(Run run, int from, int to) {
            double[] values = (double[]) run.values();
            double total = count() == 0 ? 0 : sum;
            for (int i = from; i < to; i++) {
                total += values[i];
            }
            sum = total;
        }

        @Override
        void write(AggregateSink sink, long time) {
            sink.addDouble(time, mean ? sum / count() : sum);
        }
    }

    private static final class LongSum extends Accumulator {
        private final boolean mean;
        private final boolean unsigned;
        private long sum;
        private double doubleSum;

        LongSum(boolean mean, boolean unsigned) {
            this.mean = mean;
            this.unsigned = unsigned;
        }

        @Override
        void accept(Run run, int from, int to) {
            long[] values = (long[]) run.values();
            if (count() == 0) {
                sum = 0;
                doubleSum = 0;
            }
            for (int i = from; i < to; i++) {
                sum += values[i];
                doubleSum += unsigned ? unsignedToDouble(values[i]) : values[i];
            }
        }

        @Override
        void write(AggregateSink sink, long time) {
            if (mean) {
                sink.addDouble(time, doubleSum / count());
            } else {
                sink.addLong(time, sum);
            }
        }

        private static double unsignedToDouble(long value) {
            return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
        }
    }

    private static final class DoubleExtreme extends Accumulator {
        private final boolean min;
        private double best;
        private long bestTime;

        DoubleExtreme(boolean min) {
            this.min = min;
        }

        @Override
        void accept(Run run, int from, int to) {
            double[] values = (double[]) run.values();
            int i = from;
            if (count() == 0) {
                best = values[from];
                bestTime = run.times()[from];
                i++;
            }
            for (; i < to; i++) {
                if (min ? values[i] < best : values[i] > best) {
                    best = values[i];
                    bestTime = run.times()[i];
                }
            }
        }

        @Override
        long time() {
            return bestTime;
        }

        @Override
        void write(AggregateSink sink, long time) {
            sink.addDouble(time, best);
        }
    }

    private static final class LongExtreme extends Accumulator {
        private final boolean min;
        private final long flip;
        private long best;
        private long bestTime;

        LongExtreme(boolean min, boolean unsigned) {
            this.min = min;
            this.flip = unsigned ? Long.MIN_VALUE : 0;
        }

        @Override
        void accept(Run run, int from, int to) {
            long[] values = (long[]) run.values();
            int i = from;
            if (count() == 0) {
                best = values[from];
                bestTime = run.times()[from];
                i++;
            }
            for (; i < to; i++) {
                int order = Long.compare(values[i] ^ flip, best ^ flip);
                if (min ? order < 0 : order > 0) {
                    best = values[i];
                    bestTime = run.times()[i];
                }
            }
        }

        @Override
        long time() {
            return bestTime;
        }

        @Override
        void write(AggregateSink sink, long time) {
            sink.addLong(time, best);
        }
    }
}
