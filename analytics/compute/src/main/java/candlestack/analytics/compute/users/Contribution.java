package candlestack.analytics.compute.users;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.StreamOutput;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one user adds to the tallies.
 *
 * @param mailDomain empty for none
 * @param age when the profile was processed, in years
 */
record Contribution(String nationality, String country, String mailDomain, int age) {
    Contribution {
        requireNonNull(nationality, "nationality is null");
        requireNonNull(country, "country is null");
        requireNonNull(mailDomain, "mailDomain is null");
    }

    static Contribution of(Profile profile, LocalDate today) {
        return new Contribution(profile.nationality(), profile.country(), profile.mailDomain(), profile.age(today));
    }

    /** Sends to the tallies what differs. */
    static void change(Optional<Contribution> before, Optional<Contribution> after, StreamOutput output) {
        Map<String, Integer> withdrawn = before.map(Contribution::agesByTally).orElse(Map.of());
        Map<String, Integer> added = after.map(Contribution::agesByTally).orElse(Map.of());
        withdrawn.forEach((tally, age) -> {
            if (!age.equals(added.get(tally))) {
                output.forward(tally, TallyChange.minus(age));
            }
        });
        added.forEach((tally, age) -> {
            if (!age.equals(withdrawn.get(tally))) {
                output.forward(tally, TallyChange.plus(age));
            }
        });
    }

    /** Where mean ages are not asked for, an age is left out, so that a birthday changes nothing. */
    private Map<String, Integer> agesByTally() {
        Map<String, Integer> ages = new LinkedHashMap<>();
        ages.put(Dimension.NATIONALITY.key(nationality), age);
        ages.put(Dimension.COUNTRY.key(country), age);
        ages.put(Dimension.AGE_GROUP.key(AgeGroups.of(age)), 0);
        if (!mailDomain.isEmpty()) {
            ages.put(Dimension.MAIL_DOMAIN.key(mailDomain), 0);
        }
        return ages;
    }

    void write(StateOutput output) {
        output.text(nationality);
        output.text(country);
        output.text(mailDomain);
        output.unsigned(age);
    }

    static Contribution read(StateInput input) {
        return new Contribution(input.text(), input.text(), input.text(), (int) input.unsigned());
    }
}
