package candlestack.ingest.yahoo;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import candlestack.ingest.testkit.yahoo.YahooStub;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class YahooContractTest extends SourceContract {
    private final YahooStub stub = YahooStub.start(Clock.systemUTC());

    @AfterEach
    void stop() {
        stub.close();
    }

    @Override
    protected SourceFactory factory() {
        return new YahooFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        stub.market().share("AAPL", 200);
        stub.market().coin("BTC-USD", 95_000);
        // Waiting for a stream takes real time, which the clock of the contract does not follow.
        return Map.of(
                "symbols",
                "AAPL,BTC-USD",
                "mode",
                "poll",
                "base-url",
                stub.address().toString());
    }
}
