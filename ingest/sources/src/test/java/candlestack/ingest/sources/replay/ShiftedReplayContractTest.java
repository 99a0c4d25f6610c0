package candlestack.ingest.sources.replay;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.testkit.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ShiftedReplayContractTest extends SourceContract {
    @Override
    protected SourceFactory factory() {
        return new ReplayFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("trades.csv"), "time,price\n100,10\n200,11\n300,12\n301,13\n302,14\n303,15\n");
        return Map.of(
                "file", file.toString(),
                "symbol", "X",
                "shift-to-now", "true",
                "follow", "3s",
                "repeat", "true");
    }
}
