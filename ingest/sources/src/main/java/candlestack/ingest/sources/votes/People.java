package candlestack.ingest.sources.votes;

import static java.time.temporal.ChronoUnit.MILLIS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/** Candidates and voters who do not exist: each a function of the seed and a number. For one thread. */
final class People {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final LocalDate YOUNGEST = LocalDate.of(2007, 12, 31);
    private static final int OLDEST_DAYS = 70 * 365;
    private static final List<String> PARTIES = List.of("Unity", "Progress", "Green", "Liberty", "Labour", "Centre");
    private static final long CANDIDATES = 1L << 62;

    private final long seed;
    private final Random random = new Random();
    private final Faker faker = new Faker(Locale.ENGLISH, random);

    People(long seed) {
        this.seed = seed;
    }

    static String iso(Instant time) {
        return ISO.format(time.truncatedTo(MILLIS));
    }

    ObjectNode candidate(ObjectNode json, int index) {
        become(CANDIDATES + index);
        String party = index < PARTIES.size() ? PARTIES.get(index) : "Independent";
        String work = faker.job().field();
        return json.put("name", faker.name().fullName())
                .put("party_affiliation", party)
                .put(
                        "biography",
                        "Born in " + faker.address().cityName() + ", "
                                + faker.number().numberBetween(3, 30) + " years in " + work.toLowerCase(Locale.ROOT)
                                + ".")
                .put(
                        "campaign_platform",
                        "More for " + faker.commerce().department().toLowerCase(Locale.ROOT) + ".")
                .put("photo_url", "https://example.org/candidates/" + (index + 1) + ".jpg");
    }

    ObjectNode voter(ObjectNode json, long number, String region) {
        become(number);
        boolean woman = random.nextBoolean();
        String first = woman ? faker.name().femaleFirstName() : faker.name().maleFirstName();
        String last = faker.name().lastName();
        int days = random.nextInt(OLDEST_DAYS);
        json.put("name", first + " " + last)
                .put("date_of_birth", YOUNGEST.minusDays(days).toString())
                .put("gender", woman ? "female" : "male")
                .put("nationality", faker.address().countryCode())
                .put("registration_number", "R" + String.format(Locale.ROOT, "%010d", number))
                .put("region", region)
                .put("email", first.toLowerCase(Locale.ROOT) + "." + number + "@example.org")
                .put("phone", faker.phoneNumber().phoneNumber())
                .put("picture", "https://example.org/voters/" + number + ".jpg")
                .put("registered_age", 18 + days / 366);
        json.putObject("address")
                .put("street", faker.address().streetAddress())
                .put("city", faker.address().cityName())
                .put("state", region)
                .put("country", "Ruritania")
                .put("postcode", faker.address().zipCode());
        return json;
    }

    /** All that is random in a person comes from here on. */
    private void become(long number) {
        random.setSeed(seed * 0x9E3779B97F4A7C15L + number);
    }
}
