package candlestack.ingest.sources.replay;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceFactory;

/** Plays recorded quotes from a CSV file. */
public final class ReplayFactory implements SourceFactory {
    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String description() {
        return "Recorded trades or quotes from a CSV file, at their own pace, faster, or shifted to now.";
    }

    @Override
    public ConfigSpec config() {
        return ReplayOptions.SPEC;
    }

    @Override
    public ResumeKind resume() {
        return ResumeKind.EXACT;
    }

    @Override
    public Source create(SourceContext context) throws SourceException {
        return new ReplaySource(context);
    }
}
