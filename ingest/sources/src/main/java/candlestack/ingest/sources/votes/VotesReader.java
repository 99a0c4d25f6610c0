package candlestack.ingest.sources.votes;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Config;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** First the candidates, then a register of voters, then their votes at their rate; then the next register. */
final class VotesReader implements SourceReader {
    private static final int MOST_VOTES = 10_000;
    /** Few enough to be made within a poll. */
    private static final int MOST_VOTERS = 500;

    private final SourceContext context;
    private final Options options;
    private final Population population;
    private final Electorate electorate;
    private final Documents documents;
    private final Turnstile turnstile;
    private Register register;
    private Progress progress;
    private boolean candidatesKnown;

    private record Options(int voters, int candidates, double doubleVotes, double malformed) {
        static Options of(Config config) {
            return new Options(
                    config.get(VotesFactory.VOTERS).intValue(),
                    config.get(VotesFactory.CANDIDATES).intValue(),
                    config.get(VotesFactory.DOUBLE_VOTES).doubleValue(),
                    config.get(VotesFactory.MALFORMED).doubleValue());
        }
    }

    private VotesReader(SourceContext context, Progress progress) {
        this.context = requireNonNull(context, "context is null");
        this.progress = requireNonNull(progress, "progress is null");
        Config config = context.config();
        this.options = Options.of(config);
        this.population = Population.of(config);
        long seed = population.seed();
        List<Region> regions = Region.of((int) population.regions(), seed);
        this.electorate = new Electorate(seed, regions, options.candidates());
        this.documents = new Documents(progress.stream(), electorate, new People(seed));
        this.register = new Register(electorate, progress.first(), progress.size());
        this.turnstile = new Turnstile(config.get(VotesFactory.RATE).doubleValue(), now());
    }

    /** A position of another population is that of another election: a new one begins. */
    static VotesReader open(SourceContext context, Optional<Position> position) throws SourceException {
        int voters = context.config().get(VotesFactory.VOTERS).intValue();
        Population population = Population.of(context.config());
        if (position.filter(population::isOf).isEmpty()) {
            String stream = context.instance() + "@" + context.clock().instant().truncatedTo(MILLIS);
            return new VotesReader(context, Progress.start(stream, voters));
        }
        return new VotesReader(context, Progress.after(position.get()));
    }

    @Override
    public Batch poll(Duration maxWait) throws InterruptedException {
        if (!candidatesKnown) {
            candidatesKnown = true;
            return Batch.of(candidates());
        }
        if (progress.voted() >= register.voting()) {
            beginRegister();
        }
        if (progress.registered() < register.size()) {
            return voters();
        }
        long due = turnstile.due(now());
        if (due == 0) {
            Duration next = turnstile.untilNext(now());
            context.pause(next.compareTo(maxWait) < 0 ? next : maxWait);
            due = turnstile.due(now());
        }
        return due == 0 ? Batch.empty() : votes((int) Math.min(due, MOST_VOTES));
    }

    /** What is due and not yet made. */
    @Override
    public OptionalLong backlog() {
        return OptionalLong.of(turnstile.due(now()));
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private List<Event> candidates() {
        List<Event> candidates = new ArrayList<>();
        for (int index = 0; index < options.candidates(); index++) {
            candidates.add(documents.candidate(index, now()));
        }
        return candidates;
    }

    private void beginRegister() {
        progress = progress.nextRegister(options.voters());
        register = new Register(electorate, progress.first(), progress.size());
    }

    private Batch voters() {
        int count = Math.min(MOST_VOTERS, register.size() - progress.registered());
        Instant time = now();
        List<Event> voters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            voters.add(documents.voter(register.first() + progress.registered() + i, time));
        }
        progress = progress.registered(count);
        return Batch.of(voters, population.in(progress.position()));
    }

    private Batch votes(int most) {
        Instant time = now();
        List<Event> votes = new ArrayList<>(most);
        while (votes.size() < most && progress.voted() < register.voting()) {
            votes.add(next(time));
        }
        turnstile.given(votes.size());
        return Batch.of(votes, population.in(progress.position()));
    }

    private Event next(Instant time) {
        long number = progress.next();
        SplittableRandom random = electorate.random(number, 5);
        double kind = random.nextDouble();
        if (progress.voted() > 0 && kind < options.doubleVotes()) {
            progress = progress.attempt();
            return documents.vote(number, register.voter(random.nextInt(progress.voted())), time);
        }
        long voter = register.voter(progress.voted());
        if (kind >= 1 - options.malformed()) {
            progress = progress.attempt();
            return documents.malformed(number, voter, time);
        }
        progress = progress.vote();
        return documents.vote(number, voter, time);
    }

    private Instant now() {
        return context.clock().instant().truncatedTo(MILLIS);
    }
}
