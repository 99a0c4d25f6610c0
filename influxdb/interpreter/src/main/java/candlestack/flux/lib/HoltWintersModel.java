package candlestack.flux.lib;

import candlestack.flux.FluxException;
import java.util.Arrays;
import java.util.List;

/**
 * The damped method of Holt and Winters with multiplicative seasons: level, trend and seasons are fitted by the least
 * sum of squared errors, from a grid of first guesses.
 */
final class HoltWintersModel {
    private static final double[] GUESSES = {0.3, 0.7};
    private static final double FIRST_WEIGHT = 0.5;
    private static final double LEAST_IMPROVEMENT = 1e-4;
    private static final int PATIENCE = 100;

    private static final int ALPHA = 0;
    private static final int BETA = 1;
    private static final int GAMMA = 2;
    private static final int PHI = 3;
    private static final int LEVEL = 4;
    private static final int TREND = 5;
    private static final int SEASONS = 6;

    private final List<Double> values;
    private final int horizon;
    private final int seasons;
    private final Runnable pulse;

    /**
     * @param values null where there is none; the first is one
     * @param horizon how many values to forecast
     * @param seasonality how many values a season has; less than 2 for none
     * @param pulse called now and then; may throw
     */
    HoltWintersModel(List<Double> values, int horizon, int seasonality, Runnable pulse) {
        this.values = values;
        this.horizon = horizon;
        this.seasons = seasonality >= 2 ? seasonality : 0;
        this.pulse = pulse;
    }

    /** The values and the sum of the squared errors of the fit; no values where there are too few to fit. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Forecast(double[] values, double error) {}

    /** @param withFit whether the fitted values go before those forecast */
    Forecast forecast(boolean withFit) {
        if (values.size() < 2 || values.size() < seasons || horizon <= 0) {
            return new Forecast(new double[0], 0);
        }
        NelderMead.Vertex best = fit();
        double[] all = project(best.point(), horizon);
        double[] wanted = withFit ? all : Arrays.copyOfRange(all, values.size(), all.length);
        return new Forecast(wanted, best.value());
    }

    private NelderMead.Vertex fit() {
        double[] parameters = firstGuess();
        NelderMead.Vertex best = null;
        for (double alpha : GUESSES) {
            for (double beta : GUESSES) {
                for (double gamma : GUESSES) {
                    for (double phi : GUESSES) {
                        parameters[ALPHA] = alpha;
                        parameters[BETA] = beta;
                        parameters[GAMMA] = gamma;
                        parameters[PHI] = phi;
                        NelderMead.Vertex found = minimize(parameters);
                        best = best == null || found.value() < best.value() ? found : best;
                    }
                }
            }
        }
        return best;
    }

    private NelderMead.Vertex minimize(double[] start) {
        if (!Double.isFinite(squaredError(start))) {
            throw FluxException.invalid("holtWinters: the values have no finite first guess");
        }
        return new NelderMead(this::squaredError, LEAST_IMPROVEMENT, PATIENCE).minimize(start);
    }

    private double[] firstGuess() {
        double[] parameters = new double[SEASONS + seasons];
        if (seasons == 0) {
            parameters[LEVEL] = FIRST_WEIGHT * values.get(0);
            parameters[TREND] = values.get(1) == null ? 0 : FIRST_WEIGHT * (values.get(1) - values.get(0));
            return parameters;
        }
        for (int i = 0; i < seasons; i++) {
            if (values.get(i) != null) {
                parameters[LEVEL] += (1.0 / seasons) * values.get(i);
                Double next = seasons + i < values.size() ? values.get(seasons + i) : null;
                parameters[TREND] += next == null ? 0 : 1.0 / (seasons * seasons) * (next - values.get(i));
            }
        }
        for (int i = 0; i < seasons; i++) {
            parameters[SEASONS + i] = values.get(i) == null ? 1 : values.get(i) / parameters[LEVEL];
        }
        return parameters;
    }

    private double squaredError(double[] parameters) {
        pulse.run();
        double[] fit = project(parameters, 0);
        double sum = 0;
        for (int i = 0; i < fit.length; i++) {
            if (values.get(i) != null) {
                double error = fit[i] - values.get(i);
                sum += error * error;
            }
        }
        return sum;
    }

    /** The model's own course from the first value on, for as long as the values go and {@code further} after them. */
    private double[] project(double[] parameters, int further) {
        double alpha = within(parameters[ALPHA]);
        double beta = within(parameters[BETA]);
        double gamma = within(parameters[GAMMA]);
        double phi = within(parameters[PHI]);
        double level = parameters[LEVEL];
        double trend = parameters[TREND];
        double damping = phi;
        double[] season = Arrays.copyOfRange(parameters, SEASONS, parameters.length);
        int offset = seasons - 1;
        double[] course = new double[values.size() + further];
        course[0] = values.get(0);
        for (int t = 1; t < course.length; t++) {
            double now = 1;
            double ahead = 1;
            if (seasons > 0) {
                now = season[(t - seasons + offset) % seasons];
                ahead = season[(t - seasons + t % seasons + offset) % seasons];
            }
            double value = course[t - 1];
            double nextLevel = alpha * (value / now) + (1 - alpha) * (level + phi * trend);
            double nextTrend = beta * (nextLevel - level) + (1 - beta) * phi * trend;
            double nextSeason = gamma * (value / (level + phi * trend)) + (1 - gamma) * now;
            course[t] = (nextLevel + damping * nextTrend) * ahead;
            level = nextLevel;
            trend = nextTrend;
            damping += Math.pow(phi, t);
            if (seasons > 0) {
                season[(t + offset) % seasons] = nextSeason;
                offset++;
            }
        }
        return course;
    }

    private static double within(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
