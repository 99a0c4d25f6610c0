package candlestack.flux.lib;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/**
 * Minimises a function without its derivatives by the simplex method of Nelder and Mead, with the coefficients for
 * many dimensions of Gao and Han, "Implementing the Nelder-Mead simplex algorithm with adaptive parameters" (2012).
 * Not thread-safe.
 */
final class NelderMead {
    private static final double SIMPLEX_SIZE = 0.05;

    private final ToDoubleFunction<double[]> function;
    private final double leastImprovement;
    private final int patience;
    private Vertex[] simplex = {};

    /** A point and the function's value there. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Vertex(double[] point, double value) {}

    /** @param patience after how many rounds without the least improvement it is done */
    NelderMead(ToDoubleFunction<double[]> function, double leastImprovement, int patience) {
        this.function = function;
        this.leastImprovement = leastImprovement;
        this.patience = patience;
    }

    Vertex minimize(double[] start) {
        begin(start);
        double best = at(start).value();
        int idle = 0;
        while (true) {
            double now = simplex[0].value();
            if (best - now > leastImprovement) {
                best = now;
                idle = 0;
            } else if (++idle >= patience) {
                return simplex[0];
            }
            round();
        }
    }

    private void begin(double[] start) {
        simplex = new Vertex[start.length + 1];
        for (int i = 0; i < start.length; i++) {
            double[] point = start.clone();
            point[i] += SIMPLEX_SIZE;
            simplex[i] = at(point);
        }
        simplex[start.length] = at(start);
        sort();
    }

    private void round() {
        int dimensions = simplex.length - 1;
        Vertex worst = simplex[dimensions];
        Vertex reflected = beyond(1);
        if (reflected.value() < simplex[0].value()) {
            Vertex expanded = beyond(1 + 2.0 / dimensions);
            replaceWorst(expanded.value() < reflected.value() ? expanded : reflected);
        } else if (reflected.value() < simplex[dimensions - 1].value()) {
            replaceWorst(reflected);
        } else {
            double contraction = 0.75 - 1 / (2.0 * dimensions);
            boolean outside = reflected.value() < worst.value();
            Vertex contracted = beyond(outside ? contraction : -contraction);
            if (outside ? contracted.value() <= reflected.value() : contracted.value() < worst.value()) {
                replaceWorst(contracted);
            } else {
                shrink(1 - 1.0 / dimensions);
            }
        }
    }

    /** A point on the line from the worst one through the middle of the others, so many times as far behind that. */
    private Vertex beyond(double scale) {
        int dimensions = simplex.length - 1;
        double[] worst = simplex[dimensions].point();
        double[] point = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            double middle = 0;
            for (int vertex = 0; vertex < dimensions; vertex++) {
                middle += simplex[vertex].point()[i];
            }
            middle /= dimensions;
            point[i] = middle + scale * (middle - worst[i]);
        }
        return at(point);
    }

    private void shrink(double scale) {
        double[] best = simplex[0].point();
        for (int vertex = 1; vertex < simplex.length; vertex++) {
            double[] point = simplex[vertex].point().clone();
            for (int i = 0; i < point.length; i++) {
                point[i] = best[i] + scale * (point[i] - best[i]);
            }
            simplex[vertex] = at(point);
        }
        sort();
    }

    /** A new vertex goes before the others of its value. */
    private void replaceWorst(Vertex vertex) {
        int at = simplex.length - 1;
        while (at > 0 && !(simplex[at - 1].value() < vertex.value())) {
            simplex[at] = simplex[at - 1];
            at--;
        }
        simplex[at] = vertex;
    }

    private void sort() {
        Arrays.sort(simplex, Comparator.comparingDouble(Vertex::value));
    }

    private Vertex at(double[] point) {
        return new Vertex(point, function.applyAsDouble(point));
    }
}
