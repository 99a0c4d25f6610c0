package candlestack.local.doctor;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.ingest.InstalledSources;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Whether the plugins can be loaded, and the configured sources run. */
final class PluginChecks {
    private PluginChecks() {}

    static List<Finding> plugins(Installation installation) throws IOException, InterruptedException {
        JsonNode all;
        try {
            all = new InstalledSources(installation, Clock.systemUTC()).describe();
        } catch (LauncherException e) {
            return List.of(Finding.failed("sources", e.getMessage()));
        }
        List<Finding> findings = new ArrayList<>();
        all.path("plugins").forEach(plugin -> findings.add(plugin(plugin)));
        for (JsonNode source : all.path("configured")) {
            source.path("problems")
                    .forEach(problem -> findings.add(
                            Finding.failed("source " + source.path("name").asText(), problem.asText())));
        }
        return findings;
    }

    private static Finding plugin(JsonNode plugin) {
        String subject = "plugin " + plugin.path("file").asText();
        return plugin.has("problem")
                ? Finding.failed(subject, plugin.path("problem").asText())
                : Finding.ok(subject, "gives " + plugin.path("types"));
    }
}
