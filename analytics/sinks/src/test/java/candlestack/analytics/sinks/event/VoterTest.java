package candlestack.analytics.sinks.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the register of the store counts is whom analytics counts. */
class VoterTest {
    private static final String LONG = "x".repeat(128);

    @Test
    void whatCannotBeReadOfThePersonIsLeftOut() throws Exception {
        Voter voter = decode("""
                {"voter_id":"ann","region":"North","name":7,"gender":"f\\u0000","email":"a@example.org","phone":" ",\
                "date_of_birth":"soon","registered_age":"old","address":{"street":["1"],"city":"Oslo","postcode":12}}""");

        assertThat(voter.id()).isEqualTo("ann");
        assertThat(voter.region()).contains("North");
        assertThat(voter.dateOfBirth()).isEmpty();
        assertThat(voter.registeredAge()).isEmpty();
        assertThat(voter.personal().stream().flatMap(Optional::stream)).containsExactly("a@example.org", "Oslo", "12");
    }

    @ParameterizedTest
    @CsvSource({
        "1970-12-31, 1970-12-31",
        "1970-12-31T01:00:00.000Z, 1970-12-31",
        "0000-01-01, ",
        "+200000-01-01T00:00Z, "
    })
    void aDateOfBirthIsOneThatTheStoreKnows(String text, LocalDate date) throws Exception {
        assertThat(decode("{\"voter_id\":\"a\",\"region\":\"N\",\"date_of_birth\":\"" + text + "\"}")
                        .dateOfBirth())
                .isEqualTo(Optional.ofNullable(date));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 201, 20.5})
    void anAgeIsWholeYears(double age) throws Exception {
        assertThat(decode("{\"voter_id\":\"a\",\"region\":\"N\",\"registered_age\":" + age + "}")
                        .registeredAge())
                .isEmpty();
    }

    @Test
    void theRegionIsTheStateWhereNoOtherIsGiven() throws Exception {
        assertThat(decode("{\"voter_id\":\"a\",\"region\":\" \",\"address\":{\"state\":\"West\"}}")
                        .region())
                .contains("West");
    }

    @Test
    void idAndRegionAreRequiredAsAnalyticsDoes() throws Exception {
        assertThat(decode("{\"voter_id\":\"" + LONG + "\",\"region\":\"" + LONG + "\"}")
                        .id())
                .isEqualTo(LONG);
        assertRefused("{\"region\":\"N\"}", "Missing voter_id");
        assertRefused("{\"voter_id\":\"a\",\"address\":{\"city\":\"Oslo\"}}", "Missing region");
        assertRefused(
                "{\"voter_id\":\"" + LONG + "x\",\"region\":\"N\"}",
                "Invalid voter_id: '" + "x".repeat(40) + "...', expected 1 to 128 printable characters");
        assertRefused(
                "{\"voter_id\":\"a\",\"region\":\"N\\u0007\"}",
                "Invalid region: 'N\u0007', expected 1 to 128 printable characters");
        assertRefused(
                "{\"voter_id\":\"a\",\"region\":\"N\",\"address\":{\"state\":7}}", "Invalid state: 7, expected a text");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage(message);
    }

    private static Voter decode(String json) throws MalformedRecordException {
        return Voter.decode(json.getBytes(UTF_8));
    }
}
