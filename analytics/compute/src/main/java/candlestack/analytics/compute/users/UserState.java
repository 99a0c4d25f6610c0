package candlestack.analytics.compute.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.Texts;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SeenEvents;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One user. What is kept is what the tallies were told, and which events were seen: of an erased user the latter alone,
 * so that a repetition of an old profile does not bring the person back.
 */
final class UserState implements KeyState {
    static final int VERSION = 1;

    private static final int MOST_LEFT_COUNTRIES = 32;
    private static final long REPETITIONS_NANOS = HOURS.toNanos(1);

    private final String id;
    private final int minimumAge;
    private final ProfileDecoder decoder = new ProfileDecoder();
    private final RefinedJson refined;
    private final SeenEvents seen = new SeenEvents();
    private final Map<String, Long> leftCountries = new LinkedHashMap<>();
    private Optional<Contribution> counted = Optional.empty();
    private Standing standing = Standing.UNKNOWN;
    private long newest;

    private enum Standing {
        /** Nothing was ever kept, and nothing is. */
        UNKNOWN,
        KEPT,
        ERASED
    }

    UserState(String id, int minimumAge, Pseudonyms pseudonyms) {
        this.id = requireNonNull(id, "id is null");
        this.minimumAge = minimumAge;
        this.refined = new RefinedJson(pseudonyms);
    }

    @Override
    public void accept(StreamRecord record, StreamOutput output) {
        long stamp = MILLISECONDS.toNanos(record.stampMillis());
        long horizon = Math.max(newest, stamp) - REPETITIONS_NANOS;
        if (seen.contains(record.eventId(), horizon)) {
            return;
        }
        seen.add(record.eventId(), stamp, horizon);
        newest = Math.max(newest, stamp);
        if (record.value().isEmpty()) {
            eraseOnDemand(record, output);
            return;
        }
        try {
            judge(decoder.decode(record.bytes()), record, output);
        } catch (JsonException e) {
            output.deadLetter(record, e.getMessage());
        }
    }

    /** Nothing was ever kept under what is no id; a tombstone of it would hold a key of any length. */
    private void eraseOnDemand(StreamRecord record, StreamOutput output) {
        if (Profile.isId(id)) {
            erase(record, output);
        } else {
            output.deadLetter(
                    record, "Cannot erase '" + Texts.shortened(id) + "': a user's id is " + Profile.ID_EXPECTED);
        }
    }

    private void judge(Profile profile, StreamRecord record, StreamOutput output) {
        LocalDate today =
                LocalDate.ofInstant(IsoTime.instant(MILLISECONDS.toNanos(record.stampMillis())), ZoneOffset.UTC);
        Optional<String> problem = profile.problem(id, today);
        // First of all: whatever else is wrong with it, nothing of a minor goes anywhere, and nothing of theirs stays.
        if (profile.isOfAMinor(minimumAge, today)) {
            output.forward(Dimension.FILTERED.key("below minimum age"), TallyChange.plus(0));
            if (standing == Standing.KEPT && !profile.namesAnother(id)) {
                // An earlier profile said otherwise. One that names nobody is of whom its key names.
                erase(record, output);
            }
        } else if (problem.isPresent()) {
            output.deadLetter(withoutSecrets(record, profile), problem.get());
        } else {
            keep(profile, today, record, output);
        }
    }

    private static StreamRecord withoutSecrets(StreamRecord record, Profile profile) {
        return new StreamRecord(
                record.topic(),
                record.key(),
                profile.raw(),
                record.stampMillis(),
                record.eventIdText().getBytes(UTF_8),
                record.origin());
    }

    private void keep(Profile profile, LocalDate today, StreamRecord record, StreamOutput output) {
        long stamp = MILLISECONDS.toNanos(record.stampMillis());
        Contribution contribution = Contribution.of(profile, today);
        counted.ifPresent(before -> leave(before.country(), stamp));
        leftCountries.remove(contribution.country());
        byte[] json = refined.write(profile, stamp, contribution.age(), leftCountries);
        output.record(UsersRules.REFINED, id, json, record.eventIdText());
        Contribution.change(counted, Optional.of(contribution), output);
        counted = Optional.of(contribution);
        standing = Standing.KEPT;
    }

    private void leave(String country, long stamp) {
        leftCountries.putIfAbsent(country, stamp);
        if (leftCountries.size() > MOST_LEFT_COUNTRIES) {
            leftCountries.remove(leftCountries.keySet().iterator().next());
        }
    }

    private void erase(StreamRecord record, StreamOutput output) {
        output.tombstone(UsersRules.REFINED, id, record.eventIdText());
        Contribution.change(counted, Optional.empty(), output);
        counted = Optional.empty();
        leftCountries.clear();
        standing = Standing.ERASED;
    }

    @Override
    public boolean isEmpty() {
        return standing == Standing.UNKNOWN;
    }

    @Override
    public void write(StateOutput output) {
        output.octet(VERSION);
        output.unsigned(newest);
        seen.write(output);
        output.octet(counted.isPresent() ? 1 : 0);
        counted.ifPresent(contribution -> contribution.write(output));
        output.unsigned(leftCountries.size());
        leftCountries.forEach((country, stamp) -> {
            output.text(country);
            output.unsigned(stamp);
        });
    }

    static UserState read(UserState state, byte[] bytes) {
        StateInput input = new StateInput(bytes);
        int version = input.octet();
        if (version != VERSION) {
            throw new IllegalStateException("Cannot read a user: version " + version + ", expected " + VERSION);
        }
        state.newest = input.unsigned();
        state.seen.read(input);
        state.counted = input.octet() == 1 ? Optional.of(Contribution.read(input)) : Optional.empty();
        state.standing = state.counted.isPresent() ? Standing.KEPT : Standing.ERASED;
        for (long left = input.unsigned(); left > 0; left--) {
            state.leftCountries.put(input.text(), input.unsigned());
        }
        return state;
    }
}
