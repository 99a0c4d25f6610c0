package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody on the register, from {@code votes.voters}.
 *
 * @param region the state of the address where no other is given
 * @param personal the texts of {@link #PERSONAL}, in its order
 */
public record Voter(
        String id,
        Optional<String> region,
        Optional<LocalDate> dateOfBirth,
        Optional<Long> registeredAge,
        List<Optional<String>> personal) {
    /** Columns of texts about the person. */
    public static final List<String> PERSONAL = List.of(
            "name",
            "gender",
            "nationality",
            "registration_number",
            "email",
            "phone",
            "picture",
            "street",
            "city",
            "state",
            "country",
            "postcode");

    private static final List<String> OF_THE_ADDRESS = List.of("street", "city", "state", "country", "postcode");
    private static final String STATE = "state";

    public Voter {
        requireNonNull(id, "id is null");
        requireNonNull(region, "region is null");
        requireNonNull(dateOfBirth, "dateOfBirth is null");
        requireNonNull(registeredAge, "registeredAge is null");
        personal = List.copyOf(personal);
    }

    public static Voter decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        JsonNode address = object.path("address");
        List<Optional<String>> personal = new ArrayList<>();
        for (String column : PERSONAL) {
            personal.add(
                    column.equals("postcode")
                            ? postcode(address)
                            : Json.optionalText(OF_THE_ADDRESS.contains(column) ? address : object, column));
        }
        return new Voter(
                Json.text(object, "voter_id"),
                Json.optionalText(object, "region").or(() -> personal.get(PERSONAL.indexOf(STATE))),
                dateOfBirth(object),
                age(object),
                personal);
    }

    /** Some registers write it as a number. */
    private static Optional<String> postcode(JsonNode address) throws MalformedRecordException {
        JsonNode code = address.path("postcode");
        return code.isNumber() ? Optional.of(code.asText()) : Json.optionalText(address, "postcode");
    }

    /** A date, or a time of which the date counts. */
    private static Optional<LocalDate> dateOfBirth(JsonNode object) throws MalformedRecordException {
        Optional<String> text = Json.optionalText(object, "date_of_birth");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String date = text.get();
            return Optional.of(date.length() > 10 ? OffsetDateTime.parse(date).toLocalDate() : LocalDate.parse(date));
        } catch (DateTimeException e) {
            throw new MalformedRecordException(
                    "Invalid date_of_birth: '" + text.get() + "', expected ISO-8601 such as 1970-12-31", e);
        }
    }

    private static Optional<Long> age(JsonNode object) throws MalformedRecordException {
        double age = Json.optionalNumber(object, "registered_age");
        if (Double.isNaN(age)) {
            return Optional.empty();
        }
        if (age < 0 || age > 200 || age != Math.rint(age)) {
            throw new MalformedRecordException("Invalid registered_age: " + age + ", expected 0 to 200 years");
        }
        return Optional.of((long) age);
    }
}
