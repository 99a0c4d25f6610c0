package candlestack.analytics.compute.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.analytics.compute.stream.StreamRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersRulesTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final UsersRules RULES = new UsersRules(18, new Pseudonyms(KEY));
    private static final String RICKY = "3d45ca3c-40fc-46c0-9e95-72b77918b669";

    private final UserTables tables = new UserTables(RULES);

    @Test
    void keepsWhatMayBeKept() {
        tables.turn(List.of(Person.record(RICKY, """
                {"gender":"male","name":{"title":"Mr","first":"Ricky","last":"Davidson"},\
                "location":{"street":{"number":2862,"name":"Hogan St"},"city":"Savannah","state":"New York",\
                "country":"United States","postcode":27786,"coordinates":{"latitude":"87.6258"}},\
                "email":"ricky.davidson@example.com","login":{"uuid":"3d45ca3c-40fc-46c0-9e95-72b77918b669",\
                "username":"tinymeercat414","password":"austin31","salt":"Xpc8XyXa","md5":"8c","sha1":"d3",\
                "sha256":"5a"},"dob":{"date":"1969-09-28T05:25:54.348Z","age":53},\
                "registered":{"date":"2004-11-13T22:46:15.432Z","age":17},"phone":"(545) 257-4463",\
                "id":{"name":"","value":null},"nat":"US"}""", 7)));

        assertThat(tables.refined).isEqualTo(Map.of(RICKY, """
                {"user_id":"3d45ca3c-40fc-46c0-9e95-72b77918b669","time":"2026-03-02T12:00:07.000Z","raw":\
                {"gender":"male","name":{"title":"Mr","first":"Ricky","last":"Davidson"},\
                "location":{"street":{"number":2862,"name":"Hogan St"},"city":"Savannah","state":"New York",\
                "country":"United States","postcode":"27786","coordinates":{"latitude":"87.6258"}},\
                "email":"ricky.davidson@example.com","login":{"uuid":"3d45ca3c-40fc-46c0-9e95-72b77918b669",\
                "username":"tinymeercat414"},"dob":{"date":"1969-09-28T05:25:54.348Z","age":53},\
                "registered":{"date":"2004-11-13T22:46:15.432Z","age":17},"phone":"(545) 257-4463",\
                "id":{"name":"","value":null},"nat":"US"},"profile":{"gender":"male","title":"Mr",\
                "full_name":"Ricky Davidson","username":"tinymeercat414","mail_domain":"example.com",\
                "mail_hash":"MAIL","phone_hash":"PHONE",\
                "address":"2862 Hogan St, Savannah, New York, 27786, United States","country":"United States",\
                "nationality":"US","age":56,"registered":"2004-11-13T22:46:15.432Z"},"left_countries":{}}""".replace(
                        "MAIL", "39ed5252:7d3669c4f050845a5a770d907b4ebe973bff3c3ba8a00a0014250b3ed2193339")
                .replace("PHONE", "39ed5252:f2596e92d2e67b572d97effd186fc9e13d0b9132d9ad9d0d219cca20f226ec13")));
        assertThat(tables.deadLetters).isEmpty();
    }

    @Test
    void countsByNationalityCountryAgeGroupAndMailDomain() {
        tables.turn(List.of(
                Person.numbered(1).event(1),
                Person.numbered(2).born("1960-01-01").event(2),
                Person.numbered(3).from("FR", "Spain").mailAt("Example.ORG").event(3)));

        assertThat(tables.tallies)
                .isEqualTo(new TreeMap<>(Map.of(
                        "nationality/US", meanAge("nationality", "US", 2, "51.0", 2),
                        "nationality/FR", meanAge("nationality", "FR", 1, "36.0", 3),
                        "country/United States", meanAge("country", "United States", 2, "51.0", 2),
                        "country/Spain", meanAge("country", "Spain", 1, "36.0", 3),
                        "age_group/30-39", count("age_group", "30-39", 2, 3),
                        "age_group/60-69", count("age_group", "60-69", 1, 2),
                        "mail_domain/example.com", count("mail_domain", "example.com", 2, 2),
                        "mail_domain/example.org", count("mail_domain", "example.org", 1, 3))));
        long noon = Person.NOON.getEpochSecond();
        assertThat(tables.points)
                .isEqualTo(Map.of(
                        "users/users/nationality=US@" + (noon + 1), "{count=1.0, mean_age=36.0}",
                        "users/users/nationality=US@" + (noon + 2), "{count=2.0, mean_age=51.0}",
                        "users/users/nationality=FR@" + (noon + 3), "{count=1.0, mean_age=36.0}"));
    }

    @Test
    void putsANewerProfileInThePlaceOfTheOlder() {
        Person person = Person.numbered(1);
        tables.turn(List.of(person.event(1)));
        tables.turn(List.of(person.from("US", "Spain").mailAt("example.net").event(2)));

        assertThat(tables.tallies)
                .isEqualTo(Map.of(
                        "nationality/US", meanAge("nationality", "US", 1, "36.0", 1),
                        "country/Spain", meanAge("country", "Spain", 1, "36.0", 2),
                        "age_group/30-39", count("age_group", "30-39", 1, 1),
                        "mail_domain/example.net", count("mail_domain", "example.net", 1, 2)));
        assertThat(tables.refined.get(person.id()))
                .contains("\"country\":\"Spain\",\"nationality\"")
                .endsWith("\"left_countries\":{\"United States\":\"2026-03-02T12:00:02.000Z\"}}");

        tables.turn(List.of(person.event(3)));

        assertThat(tables.refined.get(person.id()))
                .endsWith("\"left_countries\":{\"Spain\":\"2026-03-02T12:00:03.000Z\"}}");
    }

    @Test
    void erasesByTombstoneAndDoesNotBringBackByARepetition() {
        Person person = Person.numbered(1);
        tables.turn(List.of(person.event(1), Person.numbered(2).event(2)));
        tables.turn(List.of(person.tombstone(3)));
        tables.turn(List.of(person.event(1)));

        assertThat(tables.refined).containsOnlyKeys(Person.numbered(2).id());
        assertThat(tables.tallies)
                .containsEntry("nationality/US", meanAge("nationality", "US", 1, "36.0", 3))
                .containsEntry("mail_domain/example.com", count("mail_domain", "example.com", 1, 3));

        tables.turn(List.of(Person.numbered(2).tombstone(4)));

        assertThat(tables.refined).isEmpty();
        assertThat(tables.tallies).isEmpty();
        assertThat(tables.points)
                .containsEntry(
                        "users/users/nationality=US@"
                                + Person.NOON.plusSeconds(4).getEpochSecond(),
                        "{count=0.0, mean_age=0.0}");

        tables.turn(List.of(person.event(5)));

        assertThat(tables.refined).containsOnlyKeys(person.id());
    }

    @Test
    void keepsNothingOfMinorsButHowManyThereWere() {
        tables.turn(List.of(Person.numbered(1).born("2008-03-03").event(1)));
        tables.turn(List.of(Person.numbered(2).born("2008-03-02").event(2)));
        tables.turn(List.of(Person.numbered(3).born("2020-01-01").event(3)));

        assertThat(tables.refined).containsOnlyKeys(Person.numbered(2).id());
        assertThat(tables.tallies)
                .containsEntry("age_group/18-29", count("age_group", "18-29", 1, 2))
                .containsEntry("filtered/below minimum age", count("filtered", "below minimum age", 2, 3));
        assertThat(tables.points)
                .containsEntry(
                        "users/filtered/reason=below minimum age@"
                                + Person.NOON.plusSeconds(3).getEpochSecond(),
                        "{count=2.0}");
        assertThat(tables.deadLetters).isEmpty();
        assertThat(tables.keptUsers()).isEqualTo(1);
    }

    @Test
    void keepsNothingOfAMinorWhoseProfileIsWrongInSomethingElse() {
        Person minor = Person.numbered(1).born("2015-01-01");
        tables.turn(List.of(Person.record(minor.id(), minor.json().replace("\"nat\":", "\"nation\":"), 1)));

        assertThat(tables.deadLetters).isEmpty();
        assertThat(tables.tallies).containsOnlyKeys("filtered/below minimum age");
    }

    @Test
    void erasesWhoTurnsOutToBeAMinor() {
        tables.turn(List.of(Person.numbered(1).event(1)));
        tables.turn(List.of(Person.numbered(1).born("2015-01-01").event(2)));

        assertThat(tables.refined).isEmpty();
        assertThat(tables.tallies).containsOnlyKeys("filtered/below minimum age");
    }

    @Test
    void erasesWhoTurnsOutToBeAMinorThoughTheProfileIsWrongInSomethingElse() {
        Person minor = Person.numbered(1).born("2015-01-01");
        tables.turn(List.of(Person.numbered(1).event(1)));
        tables.turn(List.of(Person.record(minor.id(), minor.json().replace("\"nat\":", "\"nation\":"), 2)));

        assertThat(tables.refined).isEmpty();
        assertThat(tables.tallies).containsOnlyKeys("filtered/below minimum age");
        assertThat(tables.deadLetters).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\":\"", "\"uuid\":null,\"id\":\"", "\"uuid\":\" \",\"id\":\""})
    void erasesWhoTurnsOutToBeAMinorThoughTheProfileNamesNobody(String nameless) {
        Person minor = Person.numbered(1).born("2015-01-01");
        tables.turn(List.of(Person.numbered(1).event(1)));
        tables.turn(List.of(Person.record(minor.id(), minor.json().replace("\"uuid\":\"", nameless), 2)));

        assertThat(tables.refined).isEmpty();
        assertThat(tables.tallies).containsOnlyKeys("filtered/below minimum age");
        assertThat(tables.deadLetters).isEmpty();
    }

    @Test
    void erasesWhoTurnsOutToBeAMinorThoughTheIdIsInUpperCase() {
        Person person = Person.numbered(1);
        String id = "3d45ca3c-40fc-46c0-9e95-72b77918b669";
        String adult = person.json().replace(person.id(), id);
        String minor = person.born("2015-01-01").json().replace(person.id(), id.toUpperCase(Locale.ROOT));
        tables.turn(List.of(Person.record(id, adult, 1), Person.record(id, minor, 2)));

        assertThat(tables.refined).isEmpty();
        assertThat(tables.tallies).containsOnlyKeys("filtered/below minimum age");
    }

    @Test
    void anErasureOfWhatIsNoUsersIdIsADeadLetter() {
        String key = "k".repeat(1_000);
        byte[] id = {1};
        tables.turn(List.of(new StreamRecord(UsersRules.PROFILES, key, null, 0, id, "privacy")));

        assertThat(tables.deadLetters)
                .containsExactly("Cannot erase '" + "k".repeat(40) + "...': a user's id is a UUID in lower case such as"
                        + " 3d45ca3c-40fc-46c0-9e95-72b77918b669 ");
        assertThat(tables.keptUsers()).isZero();
    }

    @Test
    void keepsWhomAProfileOfAnotherIdCallsAMinor() {
        Person minor = Person.numbered(2).born("2015-01-01");
        tables.turn(List.of(Person.numbered(1).event(1)));
        tables.turn(List.of(Person.record(Person.numbered(1).id(), minor.json(), 2)));

        assertThat(tables.refined).containsOnlyKeys(Person.numbered(1).id());
        assertThat(tables.tallies)
                .containsEntry("nationality/US", meanAge("nationality", "US", 1, "36.0", 1))
                .containsKey("filtered/below minimum age");
    }

    @Test
    void computesAgesOnTheDayOfTheBroker() {
        tables.turn(List.of(Person.numbered(1).born("1990-03-03").event(1)));
        assertThat(tables.refined.get(Person.numbered(1).id())).contains("\"age\":35}");

        tables.turn(List.of(Person.numbered(1).born("1990-03-03").event(86_400)));
        assertThat(tables.refined.get(Person.numbered(1).id())).contains("\"age\":36}");
        assertThat(tables.tallies.get("nationality/US")).contains("\"count\":1,\"mean_age\":36.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1990-03-02T00:00:00.000Z | 2026-03-03T00:00:00.000Z | Implausible dob.date: '2026-03-03T00:00:00.000Z'"
                        + " makes an age of 0 years on 2026-03-02, expected 0 to 120",
                "1990-03-02T00:00:00.000Z | 1905-03-01T00:00:00.000Z | Implausible dob.date: '1905-03-01T00:00:00.000Z'"
                        + " makes an age of 121 years on 2026-03-02, expected 0 to 120",
                "1990-03-02T00:00:00.000Z | soon | Invalid dob.date: 'soon', expected ISO-8601 in UTC such as"
                        + " 1969-09-28T05:25:54.348Z",
                "\"dob\":{\"date\":\"1990-03-02T00:00:00.000Z\"} | \"dob\":null | Missing dob.date: expected an ISO-8601"
                        + " time",
                "-000000000001\", | \", | Invalid login.uuid: '00000000-0000-4000-8000', expected the record's key"
                        + " '00000000-0000-4000-8000-000000000001'",
                "\"nat\":\"US\" | \"nat\":true | Missing nat: expected a text",
                "\"last\":\"B\" | \"last\":\" \" | Missing name.last: expected a text",
            })
    void refusesWithAReasonAndWithoutSecrets(String from, String to, String reason) {
        Person person = Person.numbered(1);
        String json = person.json().replace(from, to);

        tables.turn(List.of(Person.record(person.id(), json, 1)));

        assertThat(tables.deadLetters).containsExactly(reason + " " + json.replace(",\"password\":\"secret\"", ""));
        assertThat(tables.refined).isEmpty();
        assertThat(tables.keptUsers()).isZero();
    }

    @Test
    void refusesAnIdThatIsNoUuid() {
        String json = Person.numbered(1).json().replace(Person.numbered(1).id(), "me");

        tables.turn(List.of(Person.record("me", json, 1)));

        assertThat(tables.deadLetters.get(0))
                .startsWith("Invalid login.uuid: 'me', expected a UUID in lower case such as 3d45ca3c-");
    }

    @Test
    void aProfileOfMoreThanAMegabyteIsADeadLetter() {
        Person person = Person.numbered(1);
        String json = person.json().replace("\"A\"", "\"" + "A".repeat(1 << 20) + "\"");
        tables.turn(List.of(Person.record(person.id(), json, 1)));

        assertThat(tables.deadLetters).hasSize(1);
        assertThat(tables.deadLetters.get(0).substring(0, 60))
                .isEqualTo("Too large: 1048782 bytes, expected at most 1048576 {\"name\":{");
    }

    @Test
    void keepsTheOldProfileWhenTheNewOneCannotBeRead() {
        tables.turn(List.of(Person.numbered(1).event(1)));
        tables.turn(List.of(Person.record(Person.numbered(1).id(), "{\"login\":", 2)));

        assertThat(tables.refined).hasSize(1);
        assertThat(tables.deadLetters).containsExactly("Cannot read JSON: expected a value at byte 9 {\"login\":");
    }

    /** Users are independent of each other, so only what one of them did has to stay in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void comesToTheSameInAnyOrderOfUsersWithRepetitionsAndAnyCut(long seed) {
        List<List<StreamRecord>> histories = histories();
        UserTables expected = new UserTables(RULES);
        histories.forEach(expected::turn);

        Random random = new Random(seed);
        List<StreamRecord> mixed = new ArrayList<>();
        List<List<StreamRecord>> left =
                new ArrayList<>(histories.stream().map(ArrayList::new).toList());
        while (!left.isEmpty()) {
            List<StreamRecord> history = left.get(random.nextInt(left.size()));
            StreamRecord next = history.remove(0);
            mixed.addAll(Collections.nCopies(1 + random.nextInt(2), next));
            left.removeIf(List::isEmpty);
        }
        for (int from = 0; from < mixed.size(); ) {
            int to = Math.min(mixed.size(), from + 1 + random.nextInt(7));
            tables.turn(mixed.subList(from, to));
            from = to;
        }

        assertThat(tables.refined).isEqualTo(expected.refined);
        assertThat(counts(tables)).isEqualTo(counts(expected)).hasSize(11);
    }

    private static List<List<StreamRecord>> histories() {
        List<List<StreamRecord>> histories = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Person person = Person.numbered(i).born((1940 + 2 * i) + "-05-05");
            List<StreamRecord> history = new ArrayList<>(List.of(person.event(10 * i)));
            if (i % 2 == 0) {
                history.add(person.from("DE", "Germany").mailAt("example.net").event(10 * i + 1));
            }
            if (i % 3 == 0) {
                history.add(person.tombstone(10 * i + 2));
            }
            histories.add(history);
        }
        return histories;
    }

    /** The time is that of whichever change came last. */
    private static Map<String, String> counts(UserTables tables) {
        Map<String, String> counts = new TreeMap<>(tables.tallies);
        counts.replaceAll((key, json) -> json.replaceAll(",\"time\":.*", ""));
        return counts;
    }

    @Test
    void refusesAShortKeyWithoutShowingIt() {
        assertThatThrownBy(() -> new Pseudonyms("too short"))
                .hasMessage(
                        "Invalid key of pseudonyms: 9 bytes, expected at least 32 from a good source of randomness");
        assertThat(new Pseudonyms(KEY)).hasToString("Pseudonyms[39ed5252]");
    }

    @Test
    void givesOnePseudonymToOneAddressHoweverItIsWritten() {
        Pseudonyms pseudonyms = new Pseudonyms(KEY);

        assertThat(pseudonyms.ofMail(" Ricky.Davidson@Example.com"))
                .isEqualTo("39ed5252:7d3669c4f050845a5a770d907b4ebe973bff3c3ba8a00a0014250b3ed2193339");
        assertThat(pseudonyms.ofPhone("545-257.4463"))
                .isEqualTo("39ed5252:f2596e92d2e67b572d97effd186fc9e13d0b9132d9ad9d0d219cca20f226ec13");
        assertThat(pseudonyms.ofMail("")).isEmpty();
        assertThat(new Pseudonyms(KEY + "x").ofMail("ricky.davidson@example.com"))
                .doesNotContain("39ed5252")
                .doesNotContain("7d3669c4f050845a5a770d907b4ebe973bff3c3ba8a00a0014250b3ed2193339");
    }

    private static String meanAge(String dimension, String group, int count, String mean, int second) {
        return "{\"dimension\":\"%s\",\"group\":\"%s\",\"count\":%d,\"mean_age\":%s,\"time\":\"2026-03-02T12:00:%02d.000Z\"}"
                .formatted(dimension, group, count, mean, second);
    }

    private static String count(String dimension, String group, int count, int second) {
        return "{\"dimension\":\"%s\",\"group\":\"%s\",\"count\":%d,\"time\":\"2026-03-02T12:00:%02d.000Z\"}"
                .formatted(dimension, group, count, second);
    }
}
