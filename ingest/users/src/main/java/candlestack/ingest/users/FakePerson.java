package candlestack.ingest.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/**
 * What stays the same in all versions of a profile.
 *
 * @param idValue of the national identity number; empty where there is none
 */
record FakePerson(
        Nationality nationality,
        Gender gender,
        String title,
        String first,
        String last,
        FakeLogin login,
        Instant born,
        Instant registered,
        String idValue,
        int picture) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** As in the API but for the latest: some are minors, which analytics has to leave out. */
    private static final Instant EARLIEST_BIRTH = Instant.parse("1944-08-25T00:00:00Z");

    private static final Instant LATEST_BIRTH = Instant.parse("2012-12-31T00:00:00Z");
    private static final Instant EARLIEST_REGISTRATION = Instant.parse("2002-03-21T00:00:00Z");
    private static final Instant LATEST_REGISTRATION = Instant.parse("2022-05-23T00:00:00Z");
    private static final int LEAST_YEARS = 9;

    private static final String PICTURES = "https://randomuser.me/api/portraits/";

    private enum Gender {
        FEMALE("female", "women", "Ms", "Mrs", "Miss"),
        MALE("male", "men", "Mr");

        private final String written;
        private final String folder;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> titles;

        Gender(String written, String folder, String... titles) {
            this.written = written;
            this.folder = folder;
            this.titles = List.of(titles);
        }
    }

    /** @param faker draws from {@code random} */
    static FakePerson draw(Nationality nationality, Faker faker, Random random) {
        Gender gender = random.nextBoolean() ? Gender.FEMALE : Gender.MALE;
        Instant born = between(EARLIEST_BIRTH, LATEST_BIRTH, random);
        Instant oldEnough = born.plus(LEAST_YEARS * 365L, ChronoUnit.DAYS);
        Instant earliest = oldEnough.isAfter(EARLIEST_REGISTRATION) ? oldEnough : EARLIEST_REGISTRATION;
        return new FakePerson(
                nationality,
                gender,
                gender.titles.get(random.nextInt(gender.titles.size())),
                first(nationality, gender, faker),
                faker.name().lastName(),
                FakeLogin.draw(random),
                born,
                between(earliest, LATEST_REGISTRATION, random),
                nationality.idName().isEmpty() ? "" : Long.toString(1_000_000_000L + random.nextInt(1_000_000_000)),
                random.nextInt(97));
    }

    private static String first(Nationality nationality, Gender gender, Faker faker) {
        if (nationality.givenName() == Nationality.GivenName.ANY) {
            return faker.name().firstName();
        }
        return gender == Gender.FEMALE
                ? faker.name().femaleFirstName()
                : faker.name().maleFirstName();
    }

    private static Instant between(Instant earliest, Instant latest, Random random) {
        long span = Math.max(1, latest.toEpochMilli() - earliest.toEpochMilli());
        return earliest.plusMillis((long) (random.nextDouble() * span));
    }

    String userId() {
        return login.uuid().toString();
    }

    /** @param today decides the ages, as in the API */
    void write(ObjectNode json, FakeAddress address, LocalDate today) {
        json.put("gender", gender.written);
        json.putObject("name").put("title", title).put("first", first).put("last", last);
        address.write(json.putObject("location"));
        json.put("email", address.email(first, last, login.username()));
        login.write(json.putObject("login"));
        date(json.putObject("dob"), born, today);
        date(json.putObject("registered"), registered, today);
        json.put("phone", address.phone()).put("cell", address.cell());
        json.putObject("id").put("name", nationality.idName()).put("value", idValue.isEmpty() ? null : idValue);
        String portrait = gender.folder + "/" + picture + ".jpg";
        json.putObject("picture")
                .put("large", PICTURES + portrait)
                .put("medium", PICTURES + "med/" + portrait)
                .put("thumbnail", PICTURES + "thumb/" + portrait);
        json.put("nat", nationality.name());
    }

    private static void date(ObjectNode json, Instant date, LocalDate today) {
        json.put("date", TIME.format(date));
        json.put("age", ChronoUnit.YEARS.between(LocalDate.ofInstant(date, ZoneOffset.UTC), today));
    }
}
