package @PACKAGE@;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** What the host relies on. */
class @CLASS@ContractTest extends SourceContract {
    private static final Stub STUB = new Stub(Stub::answer);
    private static final Stub MALFORMED = new Stub(number -> "{\"current\":{\"time\":" + number + "}}");

    @AfterAll
    static void stop() {
        STUB.close();
        MALFORMED.close();
    }

    @Override
    protected SourceFactory factory() {
        return new @CLASS@Factory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        return Map.of("url", STUB.url());
    }

    @Override
    protected Optional<Map<String, String>> malformed(Path folder) {
        return Optional.of(Map.of("url", MALFORMED.url()));
    }
}
