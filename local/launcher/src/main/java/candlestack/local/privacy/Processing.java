package candlestack.local.privacy;

import static java.util.Objects.requireNonNull;

import candlestack.config.Keys;
import candlestack.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * One entry of the register of processing, as article 30 of the GDPR asks for it.
 *
 * @param store where the data is
 * @param purpose why it is kept
 * @param data the categories
 * @param retention how long it is kept, and what ends it earlier
 * @param security what protects it
 */
public record Processing(String store, String purpose, String data, String retention, String security) {
    private static final String SECRETS_LEFT_OUT = "no password, salt or hash of it";

    public Processing {
        requireNonNull(store, "store is null");
        requireNonNull(purpose, "purpose is null");
        requireNonNull(data, "data is null");
        requireNonNull(retention, "retention is null");
        requireNonNull(security, "security is null");
    }

    /** Every place that personal data is in, with these settings. */
    public static List<Processing> register(Settings settings) {
        String kept = days(settings.get(Keys.RETENTION));
        String topics = kept + "; a tombstone erases within 13 h, when the broker compacts";
        String letters = days(settings.get(Keys.KAFKA_RETENTION)) + " in Kafka";
        return List.of(
                new Processing(
                        "Kafka users.profiles",
                        "entry of the user stream; to compute everything again",
                        "profile as it came: name, address, mail, phone, birth date, login",
                        topics,
                        "loopback or the cluster's own access control"),
                new Processing(
                        "Kafka users.refined",
                        "carries profiles to the stores",
                        "profile, " + SECRETS_LEFT_OUT + "; pseudonyms of mail and phone",
                        topics,
                        "loopback or the cluster's own access control"),
                new Processing(
                        "MongoDB users.raw_profiles",
                        "the source's document, for support and correction",
                        "profile, " + SECRETS_LEFT_OUT,
                        kept + ", or until erased",
                        "loopback or a login of its own; roles for writer and reader"),
                new Processing(
                        "Cassandra users.profiles, users.profiles_by_country",
                        "who the users are, by id and by country",
                        "full name, user name, one-line address, age, pseudonyms of mail and phone; no birth date",
                        kept + ", or until erased",
                        "logins of their own; mail and phone only as HMAC-SHA256 under a key in the secrets folder"),
                new Processing(
                        "analytics checkpoint",
                        "to correct aggregates when a profile changes; to count one vote a voter",
                        "user id, nationality, country, mail domain, age; of an erased user the id alone; of a voter id,"
                                + " region and the vote that counts",
                        "users until erased, voters as long as the checkpoint; older versions for some minutes",
                        "files that only their owner can read"),
                new Processing(
                        "Kafka dead.letters, PostgreSQL pipeline.dead_letters",
                        "to find out why an event was refused",
                        "the refused event; of a profile " + SECRETS_LEFT_OUT + " unless it is no JSON",
                        letters + "; 'privacy erase' and 'purge' delete a user's from PostgreSQL",
                        "a reader's role can only select"),
                new Processing(
                        "Kafka votes.voters, PostgreSQL votes.voters",
                        "one vote a voter; turnout by region",
                        "voter: name, birth date, address, mail, phone",
                        kept + " in Kafka; in PostgreSQL then all but the id and the region is emptied",
                        "a reader's role can only select"),
                new Processing(
                        "Kafka votes.cast, Kafka votes.counted, PostgreSQL votes.votes",
                        "to count each voter's vote once; recounts",
                        "which candidate a voter chose: voter id, candidate, region, time",
                        days(settings.get(Keys.KAFKA_RETENTION)) + " in votes.cast, " + kept
                                + " in votes.counted; in PostgreSQL as long as the tallies that are counted from it",
                        "a reader's role can only select"),
                new Processing(
                        "MongoDB and Cassandra aggregates, Kafka users.tallies, InfluxDB users",
                        "how many users there are, by group",
                        "counts and mean ages: no person",
                        "corrected when a person is erased",
                        "not personal"));
    }

    /** In days, or in hours begun: nobody is to read less than it is. */
    private static String days(Duration duration) {
        Duration days = Duration.ofDays(duration.toDays());
        return duration.equals(days)
                ? days.toDays() + " d"
                : duration.plusHours(1).minusNanos(1).toHours() + " h";
    }
}
