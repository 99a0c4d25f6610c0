package candlestack.analytics.compute.series;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * The last values of one field, in the order of their times: as many as may still be corrected, and before them as many
 * as their statistics look back on. What is computed of them depends on the values alone, not on when they came.
 */
final class FieldHistory {
    static final int LENGTH = 20;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double WEIGHT = 2.0 / (LENGTH + 1);

    private long[] times = new long[32];
    private double[] values = new double[32];
    /** The exponential mean at each value, NaN until there is one. */
    private double[] averages = new double[32];

    private int size;
    /** The average is known up to here, as it was before the values that are kept. */
    private long countBefore;

    private double sumBefore;
    private double averageBefore = Double.NaN;

    /**
     * Takes in a value, in the place of another one of the same time.
     *
     * @return from where on the statistics may have changed: the place of the value; empty if nothing has changed
     */
    OptionalInt put(long timeNanos, double value) {
        int found = Arrays.binarySearch(times, 0, size, timeNanos);
        int place = found >= 0 ? found : -found - 1;
        if (found >= 0) {
            if (values[place] == value) {
                return OptionalInt.empty();
            }
        } else {
            insert(place, timeNanos);
        }
        values[place] = value;
        average(place);
        return OptionalInt.of(place);
    }

    private void insert(int place, long timeNanos) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
            averages = Arrays.copyOf(averages, size * 2);
        }
        System.arraycopy(times, place, times, place + 1, size - place);
        System.arraycopy(values, place, values, place + 1, size - place);
        times[place] = timeNanos;
        size++;
    }

    /** Computes the exponential means from a place on. */
    private void average(int place) {
        for (int i = place; i < size; i++) {
            averages[i] = averageAt(i);
        }
    }

    private double averageAt(int place) {
        double before = place == 0 ? averageBefore : averages[place - 1];
        if (!Double.isNaN(before)) {
            return before + WEIGHT * (values[place] - before);
        }
        if (countBefore + place + 1 < LENGTH) {
            return Double.NaN;
        }
        double sum = sumBefore;
        for (int i = 0; i <= place; i++) {
            sum += values[i];
        }
        return sum / LENGTH;
    }

    int size() {
        return size;
    }

    long time(int place) {
        return times[place];
    }

    /** The place of the value of this time. */
    OptionalInt placeOf(long timeNanos) {
        int found = Arrays.binarySearch(times, 0, size, timeNanos);
        return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }

    Statistics at(int place) {
        int first = place;
        double sum = 0;
        double least = values[place];
        double most = values[place];
        for (int i = place; i >= 0 && times[i] > times[place] - WINDOW_NANOS; i--) {
            sum += values[i];
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
            first = i;
        }
        double mean = sum / (place - first + 1);
        return new Statistics(
                values[place], mean, least, most, deviation(first, place, mean), simple(place), averages[place]);
    }

    private double deviation(int first, int last, double mean) {
        if (first == last) {
            return Double.NaN;
        }
        double squares = 0;
        for (int i = first; i <= last; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / (last - first));
    }

    private double simple(int place) {
        if (place + 1 < LENGTH) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = place - LENGTH + 1; i <= place; i++) {
            sum += values[i];
        }
        return sum / LENGTH;
    }

    /** Forgets what neither can be corrected any more nor is looked back on, where no value before the horizon comes. */
    void forget(long horizonNanos) {
        int open = Arrays.binarySearch(times, 0, size, horizonNanos);
        open = open < 0 ? -open - 1 : open;
        int kept = Arrays.binarySearch(times, 0, size, horizonNanos - WINDOW_NANOS);
        kept = kept < 0 ? -kept - 1 : kept;
        drop(Math.max(0, Math.min(kept, open - LENGTH)));
    }

    private void drop(int count) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count && countBefore + i < LENGTH; i++) {
            sumBefore += values[i];
        }
        countBefore += count;
        averageBefore = averages[count - 1];
        size -= count;
        System.arraycopy(times, count, times, 0, size);
        System.arraycopy(values, count, values, 0, size);
        System.arraycopy(averages, count, averages, 0, size);
    }

    void write(StateOutput output) {
        output.unsigned(countBefore);
        output.real(sumBefore);
        output.real(averageBefore);
        output.unsigned(size);
        long last = 0;
        for (int i = 0; i < size; i++) {
            output.signed(times[i] - last);
            output.real(values[i]);
            last = times[i];
        }
    }

    static FieldHistory read(StateInput input) {
        FieldHistory history = new FieldHistory();
        history.countBefore = input.unsigned();
        history.sumBefore = input.real();
        history.averageBefore = input.real();
        int size = Math.toIntExact(input.unsigned());
        history.times = new long[size + 32];
        history.values = new double[size + 32];
        history.averages = new double[size + 32];
        history.size = size;
        long last = 0;
        for (int i = 0; i < size; i++) {
            last += input.signed();
            history.times[i] = last;
            history.values[i] = input.real();
        }
        history.average(0);
        return history;
    }
}
