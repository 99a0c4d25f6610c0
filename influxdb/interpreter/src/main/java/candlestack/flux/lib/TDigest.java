package candlestack.flux.lib;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Estimates quantiles in bounded memory: near values are merged into centroids, fewer at the ends than in the middle.
 *
 * @see <a href="https://arxiv.org/abs/1902.04023">Dunning, Ertl: Computing extremely accurate quantiles using
 *     t-digests</a>
 */
final class TDigest {
    private final double compression;
    private final int maxUnprocessed;
    private List<double[]> processed = new ArrayList<>();
    private final List<double[]> unprocessed = new ArrayList<>();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double total;

    TDigest(double compression) {
        this.compression = compression;
        this.maxUnprocessed = (int) (8 * Math.ceil(compression));
    }

    void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        unprocessed.add(new double[] {value, 1});
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (unprocessed.size() >= maxUnprocessed) {
            process();
        }
    }

    boolean isEmpty() {
        return processed.isEmpty() && unprocessed.isEmpty();
    }

    private void process() {
        if (unprocessed.isEmpty()) {
            return;
        }
        unprocessed.addAll(processed);
        unprocessed.sort(Comparator.comparingDouble(centroid -> centroid[0]));
        total = unprocessed.stream().mapToDouble(centroid -> centroid[1]).sum();
        List<double[]> merged = new ArrayList<>();
        double[] current = unprocessed.get(0).clone();
        double soFar = current[1];
        double limit = total * inverse(1);
        for (double[] next : unprocessed.subList(1, unprocessed.size())) {
            double projected = soFar + next[1];
            if (projected <= limit) {
                current[1] += next[1];
                current[0] += (next[0] - current[0]) * next[1] / current[1];
            } else {
                limit = total * inverse(scale(soFar / total) + 1);
                merged.add(current);
                current = next.clone();
            }
            soFar = projected;
        }
        merged.add(current);
        processed = merged;
        unprocessed.clear();
    }

    private double scale(double q) {
        return compression * (Math.asin(2 * q - 1) + Math.PI / 2) / Math.PI;
    }

    private double inverse(double k) {
        return (Math.sin(Math.min(k, compression) * Math.PI / compression - Math.PI / 2) + 1) / 2;
    }

    double quantile(double q) {
        process();
        if (processed.size() == 1) {
            return processed.get(0)[0];
        }
        double index = q * total;
        if (index <= processed.get(0)[1] / 2) {
            double[] first = processed.get(0);
            return min + 2 * index / first[1] * (first[0] - min);
        }
        double cumulative = processed.get(0)[1] / 2;
        for (int i = 1; i < processed.size(); i++) {
            double[] left = processed.get(i - 1);
            double[] right = processed.get(i);
            double next = cumulative + (left[1] + right[1]) / 2;
            if (next > index) {
                double fromLeft = index - cumulative;
                double fromRight = next - index;
                return (left[0] * fromRight + right[0] * fromLeft) / (fromLeft + fromRight);
            }
            cumulative = next;
        }
        double[] last = processed.get(processed.size() - 1);
        double fromLeft = index - total + last[1] / 2;
        double fromRight = last[1] / 2 - fromLeft;
        return (last[0] * fromRight + max * fromLeft) / (fromLeft + fromRight);
    }
}
