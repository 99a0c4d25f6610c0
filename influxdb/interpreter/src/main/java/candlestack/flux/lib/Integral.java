package candlestack.flux.lib;

import candlestack.flux.stream.Bounds;

/** The area under a line through points, by trapezoids. */
final class Integral {
    private final double unit;
    private double area;
    private int count;
    private long firstTime;
    private double firstValue;
    private long secondTime;
    private double secondValue;
    private long beforeTime;
    private double beforeValue;
    private long lastTime;
    private double lastValue;

    /** @param unit nanoseconds that count as one */
    Integral(double unit) {
        this.unit = unit;
    }

    void add(long time, double value) {
        if (count > 0 && time == lastTime) {
            lastValue = value;
            return;
        }
        if (count == 0) {
            firstTime = time;
            firstValue = value;
        } else {
            if (count == 1) {
                secondTime = time;
                secondValue = value;
            }
            area += (value + lastValue) / 2 * (time - lastTime) / unit;
            beforeTime = lastTime;
            beforeValue = lastValue;
        }
        lastTime = time;
        lastValue = value;
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    double value() {
        return area;
    }

    /** The area up to the bounds, the first and the last line drawn on. */
    double extended(Bounds bounds) {
        if (count == 1) {
            return firstValue * (bounds.stop() - bounds.start()) / unit;
        }
        double atStart = onLine(firstTime, firstValue, secondTime, secondValue, bounds.start());
        double atStop = onLine(beforeTime, beforeValue, lastTime, lastValue, bounds.stop());
        return area
                + (atStart + firstValue) / 2 * (firstTime - bounds.start()) / unit
                + (atStop + lastValue) / 2 * (bounds.stop() - lastTime) / unit;
    }

    private static double onLine(long x1, double y1, long x2, double y2, long x) {
        return y1 + (y2 - y1) / (x2 - x1) * (x - x1);
    }
}
