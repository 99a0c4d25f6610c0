package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Somebody on the register, from {@code votes.voters}.
 *
 * @param region the state of the address where no other is given; empty of a voter that was erased
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

    public Voter {
        requireNonNull(id, "id is null");
        requireNonNull(region, "region is null");
        requireNonNull(dateOfBirth, "dateOfBirth is null");
        requireNonNull(registeredAge, "registeredAge is null");
        personal = List.copyOf(personal);
    }

    /**
     * Id and region are required by the rule of analytics, so that both count the same voters. What else cannot be read
     * or stored is left out: it is no reason to miss a voter.
     */
    public static Voter decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        JsonNode address = object.path("address");
        return new Voter(
                Json.key("voter_id", Json.optionalText(object, "voter_id")),
                Optional.of(Json.key("region", region(object, address))),
                dateOfBirth(object),
                age(object),
                PERSONAL.stream()
                        .map(column -> personal(object, address, column))
                        .toList());
    }

    private static Optional<String> region(JsonNode object, JsonNode address) throws MalformedRecordException {
        Optional<String> state = Json.optionalText(address, "state");
        return Json.optionalText(object, "region").or(() -> state);
    }

    private static Optional<String> personal(JsonNode object, JsonNode address, String column) {
        JsonNode node = (OF_THE_ADDRESS.contains(column) ? address : object).path(column);
        // Some registers write the postcode as a number.
        boolean readable = node.isTextual() || column.equals("postcode") && node.isNumber();
        return Optional.of(node.asText()).filter(text -> readable && !text.isBlank() && text.indexOf(0) < 0);
    }

    /** A date, or a time of which the date counts. */
    private static Optional<LocalDate> dateOfBirth(JsonNode object) {
        String date = object.path("date_of_birth").asText();
        try {
            return Optional.of(date.length() > 10 ? OffsetDateTime.parse(date).toLocalDate() : LocalDate.parse(date))
                    .filter(day -> day.getYear() >= 1 && day.getYear() <= 9999);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> age(JsonNode object) {
        JsonNode node = object.path("registered_age");
        double age = node.isNumber() ? node.doubleValue() : -1;
        return age >= 0 && age <= 200 && age == Math.rint(age) ? Optional.of((long) age) : Optional.empty();
    }
}
