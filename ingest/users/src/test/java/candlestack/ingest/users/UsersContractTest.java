package candlestack.ingest.users;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Path;
import java.util.Map;

class UsersContractTest extends SourceContract {
    @Override
    protected SourceFactory factory() {
        return new UsersFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        return Map.of("rate", "50", "nationalities", "US, DE", "updates", "0.5");
    }
}
