package candlestack.ingest.sources.devices;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Path;
import java.util.Map;

class DevicesContractTest extends SourceContract {
    @Override
    protected SourceFactory factory() {
        return new DevicesFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        return Map.of("rate", "50");
    }
}
