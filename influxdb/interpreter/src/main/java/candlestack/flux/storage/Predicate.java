package candlestack.flux.storage;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;

/**
 * A condition on a series' tags, {@code _measurement} and {@code _field} among them. As in Flux, a comparison with a tag
 * that the series does not have is false, whatever the operator.
 */
public sealed interface Predicate {
    /** True for every series. */
    Predicate ALL = new And(List.of());

    boolean test(Map<String, String> tags);

    /** Every term holds. */
    record And(List<Predicate> terms) implements Predicate {
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean test(Map<String, String> tags) {
            return terms.stream().allMatch(term -> term.test(tags));
        }
    }

    /** At least one term holds. */
    record Or(List<Predicate> terms) implements Predicate {
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean test(Map<String, String> tags) {
            return terms.stream().anyMatch(term -> term.test(tags));
        }
    }

    /** {@code r.tag == "value"} */
    record Equal(String tag, String value) implements Predicate {
        @Override
        public boolean test(Map<String, String> tags) {
            return value.equals(tags.get(tag));
        }
    }

    /** {@code r.tag != "value"}: the tag is there and has another value. */
    record NotEqual(String tag, String value) implements Predicate {
        @Override
        public boolean test(Map<String, String> tags) {
            String actual = tags.get(tag);
            return actual != null && !actual.equals(value);
        }
    }

    /** {@code r.tag =~ /pattern/}: the pattern is found anywhere in the value. */
    record Matches(String tag, Pattern pattern) implements Predicate {
        @Override
        public boolean test(Map<String, String> tags) {
            String actual = tags.get(tag);
            return actual != null && pattern.matcher(actual).find();
        }
    }

    /** {@code r.tag !~ /pattern/}: the tag is there and the pattern is nowhere in the value. */
    record NotMatches(String tag, Pattern pattern) implements Predicate {
        @Override
        public boolean test(Map<String, String> tags) {
            String actual = tags.get(tag);
            return actual != null && !pattern.matcher(actual).find();
        }
    }

    /** {@code exists r.tag} */
    record Exists(String tag) implements Predicate {
        @Override
        public boolean test(Map<String, String> tags) {
            return tags.containsKey(tag);
        }
    }
}
