package candlestack.analytics.compute.indicator;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;

/** The last values of a series, newest last. Statistics are taken anew each time: a running sum would drift. */
final class Window {
    private final double[] values;
    private int next;
    private int size;

    Window(int capacity) {
        values = new double[capacity];
    }

    void add(double value) {
        values[next] = value;
        next = next + 1 == values.length ? 0 : next + 1;
        size = Math.min(size + 1, values.length);
    }

    int size() {
        return size;
    }

    /** The value {@code age} before the newest. */
    double get(int age) {
        return values[first(age + 1)];
    }

    /** The mean of the last {@code count} values, of which there must be so many. */
    double mean(int count) {
        double sum = 0;
        int position = first(count);
        for (int i = 0; i < count; i++) {
            sum += values[position];
            position = position + 1 == values.length ? 0 : position + 1;
        }
        return sum / count;
    }

    /** The sum of the squared distances of the last {@code count} values from {@code mean}. */
    double squaredDeviations(int count, double mean) {
        double sum = 0;
        int position = first(count);
        for (int i = 0; i < count; i++) {
            double deviation = values[position] - mean;
            sum += deviation * deviation;
            position = position + 1 == values.length ? 0 : position + 1;
        }
        return sum;
    }

    private int first(int count) {
        int position = next - count;
        return position < 0 ? position + values.length : position;
    }

    void copyFrom(Window other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
        next = other.next;
        size = other.size;
    }

    void write(StateOutput output) {
        output.unsigned(size);
        int position = first(size);
        for (int i = 0; i < size; i++) {
            output.real(values[position]);
            position = position + 1 == values.length ? 0 : position + 1;
        }
    }

    void read(StateInput input) {
        next = 0;
        size = 0;
        long count = input.unsigned();
        for (long i = 0; i < count; i++) {
            add(input.real());
        }
    }
}
