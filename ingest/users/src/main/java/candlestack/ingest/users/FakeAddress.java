package candlestack.ingest.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/** Where somebody can be reached: what differs between the versions of a profile. */
record FakeAddress(
        int number,
        String street,
        String city,
        String state,
        String country,
        String postcode,
        String latitude,
        String longitude,
        Zone zone,
        String phone,
        String cell,
        String mailDomain) {
    /** Reserved by RFC 2606: a mail to one of them reaches nobody. */
    private static final List<String> MAIL_DOMAINS =
            List.of("example.com", "example.com", "example.com", "example.org", "example.org", "example.net");

    /** As in the API, somebody's zone has nothing to do with the country. */
    private enum Zone {
        ATLANTIC("-4:00", "Atlantic Time (Canada), Caracas, La Paz"),
        CENTRAL("-6:00", "Central Time (US & Canada), Mexico City"),
        LONDON("0:00", "Western Europe Time, London, Lisbon, Casablanca"),
        PARIS("+1:00", "Brussels, Copenhagen, Madrid, Paris"),
        TEHRAN("+3:30", "Tehran"),
        MUMBAI("+5:30", "Bombay, Calcutta, Madras, New Delhi"),
        ADELAIDE("+9:30", "Adelaide, Darwin");

        private final String offset;
        private final String description;

        Zone(String offset, String description) {
            this.offset = offset;
            this.description = description;
        }
    }

    /** @param faker draws from {@code random} */
    static FakeAddress draw(Nationality nationality, Faker faker, Random random) {
        List<String> states = nationality.states();
        return new FakeAddress(
                1 + random.nextInt(9_999),
                faker.address().streetName(),
                faker.address().city(),
                states.isEmpty() ? faker.address().state() : states.get(random.nextInt(states.size())),
                nationality.country(),
                faker.address().postcode(),
                degrees(random, 90),
                degrees(random, 180),
                Zone.values()[random.nextInt(Zone.values().length)],
                faker.phoneNumber().phoneNumber(),
                faker.phoneNumber().cellPhone(),
                MAIL_DOMAINS.get(random.nextInt(MAIL_DOMAINS.size())));
    }

    private static String degrees(Random random, int most) {
        return String.format(Locale.ROOT, "%.4f", (2 * random.nextDouble() - 1) * most);
    }

    /** Where a name leaves nothing that a mail address may have, the user's takes its place. */
    String email(String first, String last, String username) {
        String given = ascii(first);
        String family = ascii(last);
        return (given.isEmpty() || family.isEmpty() ? username : given + "." + family) + "@" + mailDomain;
    }

    private static String ascii(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
    }

    void write(ObjectNode json) {
        json.putObject("street").put("number", number).put("name", street);
        json.put("city", city).put("state", state).put("country", country).put("postcode", postcode);
        json.putObject("coordinates").put("latitude", latitude).put("longitude", longitude);
        json.putObject("timezone").put("offset", zone.offset).put("description", zone.description);
    }
}
