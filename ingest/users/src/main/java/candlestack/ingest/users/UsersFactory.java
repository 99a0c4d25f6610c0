package candlestack.ingest.users;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;

/** People who do not exist, with everything a profile has: for the stream of personal data. */
public final class UsersFactory implements SourceFactory {
    @Override
    public String name() {
        return "users";
    }

    @Override
    public String description() {
        return "Profiles of people who do not exist: made here, or from the randomuser.me API.";
    }

    @Override
    public ConfigSpec config() {
        return UsersOptions.SPEC;
    }

    /** Both ways, profiles are a sequence that the seed alone decides. */
    @Override
    public ResumeKind resume() {
        return ResumeKind.EXACT;
    }

    @Override
    public Source create(SourceContext context) {
        return new UsersSource(context);
    }
}
