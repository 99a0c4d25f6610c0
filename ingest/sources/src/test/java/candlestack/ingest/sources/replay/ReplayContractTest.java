package candlestack.ingest.sources.replay;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ReplayContractTest extends SourceContract {
    @Override
    protected SourceFactory factory() {
        return new ReplayFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("trades.csv"),
                "time,price,size\n1700000000,10,1\n1700000001,11,1\nbroken\n1700000002,12,1\n1700000003,13,1\n"
                        + "1700000004,14,1\n1700000005,15,1\n");
        return Map.of("file", file.toString(), "symbol", "X");
    }
}
