package candlestack.ingest.users;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LiveUsersContractTest extends SourceContract {
    private static StubApi api;

    @BeforeAll
    static void start() throws IOException {
        api = new StubApi(StubApi::page);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Override
    protected SourceFactory factory() {
        return new UsersFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        return Map.of("mode", "live", "url", api.url(), "rate", "7", "batch", "3");
    }
}
