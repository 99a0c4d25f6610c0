package candlestack.ingest.sources.market;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Path;
import java.util.Map;

class MarketContractTest extends SourceContract {
    @Override
    protected SourceFactory factory() {
        return new MarketFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        return Map.of("symbols", "7", "rate", "50");
    }
}
