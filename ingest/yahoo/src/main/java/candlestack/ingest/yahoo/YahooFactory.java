package candlestack.ingest.yahoo;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;

/** Quotes of Yahoo Finance. Its data is for personal use, by its terms. */
public final class YahooFactory implements SourceFactory {
    @Override
    public String name() {
        return "yahoo";
    }

    @Override
    public String description() {
        return "Live quotes of Yahoo Finance, streamed and polled; missed time is filled from its charts.";
    }

    @Override
    public ConfigSpec config() {
        return YahooOptions.SPEC;
    }

    /** The trades of the time in between are gone; bars of it are filled in. */
    @Override
    public ResumeKind resume() {
        return ResumeKind.LIVE_ONLY;
    }

    @Override
    public Source create(SourceContext context) {
        return new YahooSource(context, YahooConfig.of(context.config()));
    }
}
