package candlestack.analytics.compute.users;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.Texts;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** A profile as it came, without the secrets of its login. Immutable as long as nobody writes to its bytes. */
final class Profile {
    static final String ID_EXPECTED = "a UUID in lower case such as 3d45ca3c-40fc-46c0-9e95-72b77918b669";

    static final int GREATEST_AGE = 120;
    /** What is made of it holds much of it twice, and has to fit into a record of Kafka. */
    private static final int MOST_BYTES = 1 << 20;

    private final byte[] raw;
    private final Map<String, String> texts;

    /**
     * @param raw the JSON, with a postcode that is a string; not copied
     * @param texts every string and number by its dotted path
     */
    Profile(byte[] raw, Map<String, String> texts) {
        this.raw = requireNonNull(raw, "raw is null");
        this.texts = Map.copyOf(texts);
    }

    byte[] raw() {
        return raw;
    }

    /**
     * What is wrong with it, so that a person can act on it.
     *
     * @param key of its record
     * @param today the day it is processed
     */
    Optional<String> problem(String key, LocalDate today) {
        return Stream.of(
                        idProblem(key),
                        tooLarge(),
                        missing("name.last"),
                        missing("nat"),
                        missing("location.country"),
                        unfit("nat", nationality()),
                        unfit("location.country", country()),
                        unfit("email", mailDomain()),
                        time("dob.date"))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> text("registered.date").isEmpty() ? Optional.empty() : time("registered.date"))
                .or(() -> implausibleAge(today));
    }

    /** Why it is not the profile of the user whose id is the key of its record. */
    private Optional<String> idProblem(String key) {
        String id = text("login.uuid");
        if (id.isEmpty()) {
            return missing("login.uuid");
        }
        if (!id.equals(key)) {
            return Optional.of("Invalid login.uuid: '" + Texts.shortened(id) + "', expected the record's key '"
                    + Texts.shortened(key) + "'");
        }
        return isId(id)
                ? Optional.empty()
                : Optional.of("Invalid login.uuid: '" + Texts.shortened(id) + "', expected " + ID_EXPECTED);
    }

    /** Whether a user may have it. */
    static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether it names another user than the one whose id is the key of its record. */
    boolean namesAnother(String key) {
        String id = text("login.uuid");
        return !id.isEmpty() && !id.equalsIgnoreCase(key);
    }

    private Optional<String> tooLarge() {
        return raw.length > MOST_BYTES
                ? Optional.of("Too large: " + raw.length + " bytes, expected at most " + MOST_BYTES)
                : Optional.empty();
    }

    private Optional<String> missing(String path) {
        return text(path).isEmpty() ? Optional.of("Missing " + path + ": expected a text") : Optional.empty();
    }

    /** Of what names a group that users are counted in. */
    private static Optional<String> unfit(String path, String group) {
        return Texts.isShortAndPrintable(group) ? Optional.empty() : Optional.of(Texts.invalidName(path, group));
    }

    private Optional<String> time(String path) {
        if (text(path).isEmpty()) {
            return Optional.of("Missing " + path + ": expected an ISO-8601 time");
        }
        return nanos(path).isPresent()
                ? Optional.empty()
                : Optional.of("Invalid " + path + ": '" + text(path)
                        + "', expected ISO-8601 in UTC such as 1969-09-28T05:25:54.348Z");
    }

    private Optional<String> implausibleAge(LocalDate today) {
        int age = age(today);
        return born().isAfter(today) || age > GREATEST_AGE
                ? Optional.of("Implausible dob.date: '" + text("dob.date") + "' makes an age of " + age + " years on "
                        + today + ", expected 0 to " + GREATEST_AGE)
                : Optional.empty();
    }

    /** Whether a plausible birth date says so. */
    boolean isOfAMinor(int minimumAge, LocalDate today) {
        return nanos("dob.date").isPresent() && implausibleAge(today).isEmpty() && age(today) < minimumAge;
    }

    /** In full years. */
    int age(LocalDate today) {
        return Period.between(born(), today).getYears();
    }

    private LocalDate born() {
        return LocalDate.ofInstant(IsoTime.instant(nanos("dob.date").orElseThrow()), ZoneOffset.UTC);
    }

    /** Nanoseconds since 1970; empty where it is not said. */
    OptionalLong registered() {
        return nanos("registered.date");
    }

    String fullName() {
        return joined(" ", text("name.first"), text("name.last"));
    }

    /** Such as {@code 2862 Hogan St, Savannah, New York, 27786, United States}. */
    String address() {
        String street = joined(" ", text("location.street.number"), text("location.street.name"));
        return joined(
                ", ",
                street,
                text("location.city"),
                text("location.state"),
                text("location.postcode"),
                text("location.country"));
    }

    /** In lower case; empty where there is no mail address. */
    String mailDomain() {
        String mail = text("email");
        return mail.substring(mail.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    String nationality() {
        return text("nat");
    }

    String country() {
        return text("location.country");
    }

    /** Empty where it is absent, null or neither string nor number. */
    String text(String path) {
        return texts.getOrDefault(path, "").strip();
    }

    private OptionalLong nanos(String path) {
        return IsoTime.parse(text(path));
    }

    private static String joined(String separator, String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(joining(separator));
    }
}
