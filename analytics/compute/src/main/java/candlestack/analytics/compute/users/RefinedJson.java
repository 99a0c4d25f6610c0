package candlestack.analytics.compute.users;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.json.JsonWriter;
import java.util.Map;

/** The values of {@code users.refined}: the document that may be kept, and the profile that is made of it. */
final class RefinedJson {
    private final JsonWriter json = new JsonWriter();
    private final Pseudonyms pseudonyms;

    RefinedJson(Pseudonyms pseudonyms) {
        this.pseudonyms = requireNonNull(pseudonyms, "pseudonyms is null");
    }

    /**
     * One version of a user.
     *
     * @param stampNanos when the broker had appended it
     * @param age in years on that day
     * @param leftCountries where the user lived before, with the nanoseconds since 1970 of the news of the move
     */
    byte[] write(Profile profile, long stampNanos, int age, Map<String, Long> leftCountries) {
        json.begin()
                .text("user_id", profile.text("login.uuid"))
                .time("time", stampNanos)
                .raw("raw", profile.raw())
                .beginObject("profile");
        text("gender", profile.text("gender"));
        text("title", profile.text("name.title"));
        text("full_name", profile.fullName());
        text("username", profile.text("login.username"));
        text("mail_domain", profile.mailDomain());
        text("mail_hash", pseudonyms.ofMail(profile.text("email")));
        text("phone_hash", pseudonyms.ofPhone(profile.text("phone")));
        text("address", profile.address());
        text("country", profile.country());
        text("nationality", profile.nationality());
        json.number("age", (long) age);
        profile.registered().ifPresent(nanos -> json.time("registered", nanos));
        json.endObject().beginObject("left_countries");
        leftCountries.forEach(json::time);
        return json.endObject().end();
    }

    private void text(String name, String value) {
        if (!value.isEmpty()) {
            json.text(name, value);
        }
    }
}
