package candlestack.analytics.compute.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.stream.StreamRecord;
import java.time.Instant;

/** A profile to be written as the source does. */
record Person(int number, String nationality, String country, String born, String domain) {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    static Person numbered(int number) {
        return new Person(number, "US", "United States", "1990-03-02", "example.com");
    }

    Person from(String newNationality, String newCountry) {
        return new Person(number, newNationality, newCountry, born, domain);
    }

    Person born(String date) {
        return new Person(number, nationality, country, date, domain);
    }

    Person mailAt(String newDomain) {
        return new Person(number, nationality, country, born, newDomain);
    }

    String id() {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    String json() {
        return """
                {"name":{"first":"A","last":"B"},"location":{"country":"%s"},"email":"a.b@%s",\
                "login":{"uuid":"%s","password":"secret"},"dob":{"date":"%sT00:00:00.000Z"},"nat":"%s"}""".formatted(country, domain, id(), born, nationality);
    }

    /** @param n of its event, and seconds after noon at the broker */
    StreamRecord event(int n) {
        return record(id(), json(), n);
    }

    StreamRecord tombstone(int n) {
        return new StreamRecord(UsersRules.PROFILES, id(), null, stamp(n), ("erasure-" + n).getBytes(UTF_8), "privacy");
    }

    static StreamRecord record(String key, String json, int n) {
        return new StreamRecord(
                UsersRules.PROFILES, key, json.getBytes(UTF_8), stamp(n), ("s#" + n).getBytes(UTF_8), "users");
    }

    private static long stamp(int n) {
        return NOON.plusSeconds(n).toEpochMilli();
    }
}
