package candlestack.local.ingest;

import static java.util.Objects.requireNonNull;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.doctor.Finding;
import candlestack.local.doctor.Finding.Verdict;
import candlestack.local.process.Command;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets a source say, step by step, whether it would work. */
public final class SourceChecks {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Installation installation;

    public SourceChecks(Installation installation) {
        this.installation = requireNonNull(installation, "installation is null");
    }

    /**
     * @param source the name of a configured source, or of an installed type
     * @throws LauncherException when there is no such source
     */
    public List<Finding> examine(String source) throws IOException, InterruptedException {
        Command command = IngestServices.diagnosis(installation).command(List.of());
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.put("CANDLESTACK_SOURCES", source);
        Command selected = new Command(command.words(), environment, command.directory());
        List<Finding> findings = new ArrayList<>();
        for (JsonNode finding : JsonProgram.run(selected, LIMIT, "examine the source '" + source + "'")
                .path("findings")) {
            findings.add(new Finding(
                    finding.path("subject").asText(),
                    verdict(finding.path("outcome").asText()),
                    finding.path("detail").asText()));
        }
        if (findings.isEmpty()) {
            findings.add(new Finding(source, Verdict.OK, "this source has nothing to check"));
        }
        return findings;
    }

    private static Verdict verdict(String outcome) {
        return switch (outcome) {
            case "well" -> Verdict.OK;
            case "warning" -> Verdict.WARNING;
            default -> Verdict.FAILED;
        };
    }
}
