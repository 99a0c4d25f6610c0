package candlestack.ingest.feeds.kafka;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceFactory;

/** Reads topics of JSON, of another cluster or of this one; what is where in it is configured. */
public final class KafkaFactory implements SourceFactory {
    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String description() {
        return "Topics of JSON in any Kafka; JSON pointers say what is where in a record.";
    }

    @Override
    public ConfigSpec config() {
        return KafkaOptions.SPEC;
    }

    /** Exactly, as long as the topic still holds what follows. */
    @Override
    public ResumeKind resume() {
        return ResumeKind.WINDOWED;
    }

    @Override
    public Source create(SourceContext context) throws SourceException {
        return new KafkaSource(context, KafkaFeedConfig.of(context));
    }
}
