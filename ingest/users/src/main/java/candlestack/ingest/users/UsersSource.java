package candlestack.ingest.users;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Profiles from where the options say. */
final class UsersSource implements Source {
    private static final Duration DIAGNOSIS = Duration.ofSeconds(25);

    private final SourceContext context;

    UsersSource(SourceContext context) {
        this.context = requireNonNull(context, "context is null");
    }

    @Override
    public SourceReader open(Optional<Position> position) throws SourceException, InterruptedException {
        return UsersReader.open(context, profiles(), position);
    }

    @Override
    public List<Diagnosis> diagnose() throws InterruptedException {
        if (context.config().get(UsersOptions.MODE) == UsersOptions.Mode.OFFLINE) {
            return List.of(new Diagnosis("profiles", Diagnosis.Outcome.WELL, "made here, no connection is needed"));
        }
        String subject = context.config().get(UsersOptions.URL).toString();
        try (Profiles profiles = profiles()) {
            List<Profile> some = profiles.read(0, 1, DIAGNOSIS);
            return List.of(
                    some.isEmpty()
                            ? new Diagnosis(subject, Diagnosis.Outcome.FAILED, "no answer within " + DIAGNOSIS)
                            : new Diagnosis(subject, Diagnosis.Outcome.WELL, "answers"));
        } catch (SourceException e) {
            return List.of(new Diagnosis(subject, Diagnosis.Outcome.FAILED, e.getMessage()));
        }
    }

    private Profiles profiles() throws SourceException, InterruptedException {
        return switch (context.config().get(UsersOptions.MODE)) {
            case OFFLINE -> new FakeProfiles(context);
            case LIVE -> RandomUserProfiles.open(context);
        };
    }
}
