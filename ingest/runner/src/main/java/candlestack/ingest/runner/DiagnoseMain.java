package candlestack.ingest.runner;

import candlestack.config.ConfigException;
import candlestack.config.Settings;
import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/**
 * Lets the sources that {@code CANDLESTACK_SOURCES} selects check whether they would work, and prints what they found as
 * one JSON object on standard output. Reads nothing from them and publishes nothing.
 */
public final class DiagnoseMain {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INVALID_CONFIGURATION = 2;

    private DiagnoseMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        try {
            Settings settings = IngestMain.settings(environment);
            ObjectNode all = JSON.createObjectNode();
            ArrayNode findings = all.putArray("findings");
            SourcePlans plans = SourcePlans.of(environment, settings, Clock.systemUTC(), SourcesMain.copies());
            for (Plan plan : plans.plans()) {
                diagnose(plan, settings.home(), findings);
            }
            System.out.println(JSON.writeValueAsString(all));
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
        }
    }

    static void diagnose(Plan plan, Path home, ArrayNode findings) throws IOException, InterruptedException {
        plan.problems()
                .forEach(problem ->
                        add(findings, plan, new Diagnosis("configuration", Diagnosis.Outcome.FAILED, problem)));
        if (plan.ready().isEmpty()) {
            return;
        }
        Plan.Ready ready = plan.ready().get();
        Path directory = Files.createDirectories(home.resolve("sources").resolve(plan.name()));
        SourceContext context = new HostContext(
                plan.name(),
                ready.config(),
                Clock.systemUTC(),
                directory,
                new SourceStatus(SourceStatus.State.STOPPED, plan.problems()));
        try {
            for (Diagnosis diagnosis : ready.factory().create(context).diagnose()) {
                add(findings, plan, diagnosis);
            }
        } catch (SourceException e) {
            add(findings, plan, new Diagnosis("configuration", Diagnosis.Outcome.FAILED, e.getMessage()));
        }
    }

    private static void add(ArrayNode findings, Plan plan, Diagnosis diagnosis) {
        findings.addObject()
                .put("source", plan.name())
                .put("subject", diagnosis.subject())
                .put("outcome", diagnosis.outcome().name().toLowerCase(Locale.ROOT))
                .put("detail", diagnosis.detail());
    }
}
