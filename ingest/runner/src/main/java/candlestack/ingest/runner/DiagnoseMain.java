package candlestack.ingest.runner;

import candlestack.config.Settings;
import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.runner.plugin.Bounded;
import candlestack.ingest.runner.plugin.PluginException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets the sources that {@code CANDLESTACK_SOURCES} selects check whether they would work, and prints what they found as
 * one JSON object on standard output. Reads nothing from them and publishes nothing.
 */
public final class DiagnoseMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of one source. The launcher waits two minutes for all that was asked for. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private DiagnoseMain() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        OneAnswer.print(() -> {
            Settings settings = IngestMain.settings(environment);
            ObjectNode all = JSON.createObjectNode();
            ArrayNode findings = all.putArray("findings");
            SourcePlans plans = SourcePlans.of(environment, settings, Clock.systemUTC(), SourcesMain.copies());
            for (Plan plan : plans.plans()) {
                diagnose(plan, settings.home(), findings);
            }
            return all;
        });
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
        diagnoses(ready.factory(), context).forEach(diagnosis -> add(findings, plan, diagnosis));
    }

    /** Whatever a source does in here is told as what is wrong with it. */
    private static List<Diagnosis> diagnoses(SourceFactory factory, SourceContext context) throws InterruptedException {
        try {
            return Bounded.call(
                    "diagnose " + context.instance(),
                    factory.getClass().getClassLoader(),
                    LIMIT,
                    () -> List.copyOf(factory.create(context).diagnose()));
        } catch (PluginException e) {
            return List.of(
                    e.getCause() instanceof SourceException said
                            ? new Diagnosis("configuration", Diagnosis.Outcome.FAILED, said.getMessage())
                            : new Diagnosis(
                                    "diagnosis", Diagnosis.Outcome.FAILED, "Cannot diagnose: " + e.getMessage()));
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
