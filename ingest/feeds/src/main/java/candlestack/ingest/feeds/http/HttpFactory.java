package candlestack.ingest.feeds.http;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;

/** Polls an address that answers with JSON; what is where in it is configured. */
public final class HttpFactory implements SourceFactory {
    @Override
    public String name() {
        return "http";
    }

    @Override
    public String description() {
        return "Any JSON over HTTP, polled; JSON pointers say what is where in it.";
    }

    @Override
    public ConfigSpec config() {
        return HttpOptions.SPEC;
    }

    /** What an answer no longer has is gone; what was sent before is known by the position. */
    @Override
    public ResumeKind resume() {
        return ResumeKind.LIVE_ONLY;
    }

    @Override
    public Source create(SourceContext context) {
        return new HttpSource(context, HttpConfig.of(context));
    }
}
