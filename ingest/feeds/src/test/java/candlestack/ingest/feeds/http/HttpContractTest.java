package candlestack.ingest.feeds.http;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class HttpContractTest extends SourceContract {
    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected SourceFactory factory() {
        return new HttpFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        for (int n = 0; n < 10; n++) {
            server.says("{\"celsius\": " + n + "}");
        }
        return Map.of("url", server.url("/"), "interval", "1s", "time", "observed", "values", "celsius=/celsius");
    }
}
