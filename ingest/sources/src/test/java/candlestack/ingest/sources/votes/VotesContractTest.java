package candlestack.ingest.sources.votes;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Path;
import java.util.Map;

class VotesContractTest extends SourceContract {
    @Override
    protected SourceFactory factory() {
        return new VotesFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        return Map.of("voters", "700", "rate", "50", "double-votes", "0.2", "malformed", "0.1");
    }
}
