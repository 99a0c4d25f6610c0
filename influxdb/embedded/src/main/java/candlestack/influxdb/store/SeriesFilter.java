package candlestack.influxdb.store;

import static candlestack.flux.storage.Series.FIELD;
import static candlestack.flux.storage.Series.MEASUREMENT;

import candlestack.flux.storage.Predicate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A predicate prepared for many series: regular expressions run once a different value. Not thread-safe. */
final class SeriesFilter {
    private final Test test;
    private String measurement;
    private final Map<String, String> equalTags = new HashMap<>();

    SeriesFilter(Predicate predicate) {
        test = prepare(predicate);
        collectEqualities(predicate);
    }

    /** A term over a column. */
    private interface Test {
        boolean test(Series series, String field);
    }

    /** A term over one value; of a tag that is absent it does not hold. */
    private interface ValueTest {
        boolean test(String value);
    }

    boolean test(Series series, String field) {
        return test.test(series, field);
    }

    Collection<Measurement> candidates(Map<String, Measurement> measurements) {
        if (measurement == null) {
            return measurements.values();
        }
        Measurement only = measurements.get(measurement);
        return only == null ? List.of() : List.of(only);
    }

    /** The series that may pass, by the tag that leaves the fewest. */
    Collection<Series> candidates(Measurement searched) {
        String best = null;
        int fewest = searched.series().size() / 2;
        for (Map.Entry<String, String> equal : equalTags.entrySet()) {
            int series = searched.seriesWith(equal.getKey(), equal.getValue());
            if (series <= fewest) {
                fewest = series;
                best = equal.getKey();
            }
        }
        return best == null ? searched.series() : searched.seriesWithTag(best, equalTags.get(best));
    }

    private void collectEqualities(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            and.terms().forEach(this::collectEqualities);
        } else if (predicate instanceof Predicate.Equal equal) {
            if (equal.tag().equals(MEASUREMENT)) {
                measurement = equal.value();
            } else if (!equal.tag().equals(FIELD)) {
                equalTags.put(equal.tag(), equal.value());
            }
        }
    }

    private static Test prepare(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            Test[] terms = and.terms().stream().map(SeriesFilter::prepare).toArray(Test[]::new);
            return (series, field) -> allHold(terms, series, field);
        }
        if (predicate instanceof Predicate.Or or) {
            List<Test> terms = or.terms().stream().map(SeriesFilter::prepare).toList();
            return (series, field) -> terms.stream().anyMatch(term -> term.test(series, field));
        }
        if (predicate instanceof Predicate.Equal equal) {
            return on(equal.tag(), equal.value()::equals);
        }
        if (predicate instanceof Predicate.NotEqual notEqual) {
            return on(notEqual.tag(), value -> !value.equals(notEqual.value()));
        }
        if (predicate instanceof Predicate.Matches matches) {
            return on(
                    matches.tag(),
                    remembered(value -> matches.pattern().matcher(value).find()));
        }
        if (predicate instanceof Predicate.NotMatches matches) {
            return on(
                    matches.tag(),
                    remembered(value -> !matches.pattern().matcher(value).find()));
        }
        return on(((Predicate.Exists) predicate).tag(), value -> true);
    }

    private static boolean allHold(Test[] terms, Series series, String field) {
        for (Test term : terms) {
            if (!term.test(series, field)) {
                return false;
            }
        }
        return true;
    }

    private static ValueTest remembered(ValueTest expensive) {
        Map<String, Boolean> answers = new HashMap<>();
        return value -> answers.computeIfAbsent(value, expensive::test);
    }

    private static Test on(String tag, ValueTest test) {
        if (tag.equals(MEASUREMENT)) {
            return (series, field) -> test.test(series.measurement().name());
        }
        if (tag.equals(FIELD)) {
            return (series, field) -> test.test(field);
        }
        return (series, field) -> {
            String value = series.tag(tag);
            return value != null && test.test(value);
        };
    }
}
