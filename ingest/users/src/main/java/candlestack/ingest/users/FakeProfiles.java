package candlestack.ingest.users;

import candlestack.ingest.api.SourceContext;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.datafaker.Faker;

/**
 * Profiles that are made here. Randomness begins anew with each profile, from the seed and the profile's number: so any
 * of them can be made without those before it. Some are a newer version of an earlier one: the same person, moved.
 */
final class FakeProfiles implements Profiles {
    private final SourceContext context;
    private final List<Nationality> nationalities;
    private final double updates;
    private final long seed;
    private final Random random = new Random(0);
    /** A language's names take a while to load, and draw from {@link #random}. */
    private final Map<Nationality, Faker> fakers = new EnumMap<>(Nationality.class);

    /** What a random number is for: each use has a sequence of its own. */
    private enum Use {
        VERSION,
        PERSON,
        ADDRESS
    }

    FakeProfiles(SourceContext context) {
        this.context = context;
        this.nationalities = context.config().get(UsersOptions.NATIONALITIES);
        this.updates = context.config().get(UsersOptions.UPDATES).doubleValue();
        this.seed = hash(context.config().get(UsersOptions.SEED));
    }

    @Override
    public List<Profile> read(long first, int most, Duration maxWait) throws InterruptedException {
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
        List<Profile> profiles = new ArrayList<>(most);
        for (long number = first; number < first + most; number++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while making profiles");
            }
            profiles.add(profile(number, today));
        }
        return profiles;
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private Profile profile(long number, LocalDate today) {
        long person = personOf(number);
        begin(Use.PERSON, person);
        Nationality nationality = nationalities.get(random.nextInt(nationalities.size()));
        Faker faker = fakers.computeIfAbsent(nationality, some -> new Faker(some.locale(), random));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        FakePerson fake = FakePerson.draw(nationality, faker, random);
        begin(Use.ADDRESS, number);
        fake.write(json, FakeAddress.draw(nationality, faker, random), today);
        return new Profile(Optional.of(fake.userId()), json.toString());
    }

    /** Whom the profile of this number is of: a new person, or one of an earlier number. */
    private long personOf(long number) {
        begin(Use.VERSION, number);
        return random.nextDouble() < updates ? (long) (random.nextDouble() * number) : number;
    }

    private void begin(Use use, long number) {
        random.setSeed(mixed(mixed(seed + hash(use.name())) + number));
    }

    private static long hash(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = mixed(hash + text.charAt(i));
        }
        return hash;
    }

    /** The finaliser of SplitMix64: neighbours become strangers. */
    private static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
