package candlestack.local.ingest;

import candlestack.local.Installation;
import candlestack.local.stack.JvmService;

/** How the programs of the runner's module are started, apart from the one that the stack keeps running. */
final class IngestServices {
    private static final String MODULE = "ingest/runner";

    private IngestServices() {}

    static JvmService listing(Installation installation) {
        return program(installation, "sources", "candlestack.ingest.runner.SourcesMain")
                .options("-XX:TieredStopAtLevel=1");
    }

    static JvmService diagnosis(Installation installation) {
        return program(installation, "diagnosis", "candlestack.ingest.runner.DiagnoseMain")
                .options("-XX:TieredStopAtLevel=1");
    }

    /** @param name of the run: it has temporary files of its own */
    static JvmService oneOff(Installation installation, String name) {
        return program(installation, name, "candlestack.ingest.runner.IngestMain");
    }

    private static JvmService program(Installation installation, String name, String mainClass) {
        return new JvmService(installation, name, MODULE, mainClass).options("-Xmx256m", "-XX:+UseSerialGC");
    }
}
