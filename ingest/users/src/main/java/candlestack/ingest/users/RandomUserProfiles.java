package candlestack.ingest.users;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Profiles of the randomuser.me API, page after page of the sequence that a seed decides. */
final class RandomUserProfiles implements Profiles {
    /** From one request to the next. */
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

    private final SourceContext context;
    private final RandomUserApi api;
    private final int pageSize;
    private Instant nextRequest = Instant.MIN;
    private Optional<Page> page = Optional.empty();

    private record Page(long index, List<Profile> profiles) {}

    private RandomUserProfiles(SourceContext context, RandomUserApi api) {
        this.context = context;
        this.api = api;
        this.pageSize = Math.toIntExact(context.config().get(UsersOptions.BATCH));
    }

    /** Connects to nothing. */
    static RandomUserProfiles open(SourceContext context) throws SourceException, InterruptedException {
        Config config = context.config();
        RandomUserQuery query = new RandomUserQuery(
                config.get(UsersOptions.URL),
                Math.toIntExact(config.get(UsersOptions.BATCH)),
                config.get(UsersOptions.SEED),
                config.get(UsersOptions.NATIONALITIES));
        return new RandomUserProfiles(context, RandomUserApi.open(context.instance(), query));
    }

    @Override
    public List<Profile> read(long first, int most, Duration maxWait) throws SourceException, InterruptedException {
        long index = first / pageSize;
        if (page.isEmpty() || page.get().index() != index) {
            page = fetched(index, maxWait);
        }
        int from = (int) (first % pageSize);
        return page.map(got -> got.profiles().subList(from, Math.min(pageSize, from + most)))
                .orElse(List.of());
    }

    private Optional<Page> fetched(long index, Duration maxWait) throws SourceException, InterruptedException {
        Instant now = context.clock().instant();
        if (!api.isAsking()) {
            if (now.isBefore(nextRequest)) {
                Duration wait = Duration.between(now, nextRequest);
                context.pause(wait.compareTo(maxWait) < 0 ? wait : maxWait);
                return Optional.empty();
            }
            nextRequest = now.plus(LEAST_INTERVAL);
            api.ask(index);
        }
        return api.answer(maxWait).map(profiles -> new Page(index, profiles));
    }

    @Override
    public void close() {
        api.close();
    }
}
