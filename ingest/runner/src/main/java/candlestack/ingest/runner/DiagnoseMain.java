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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets the sources that {@code CANDLESTACK_SOURCES} selects check whether they would work, and prints what they found as
 * one JSON object on standard output. Reads nothing from them and publishes nothing.
 */
public final class DiagnoseMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of all sources, which are asked at once. The launcher waits two minutes, with the start of this JVM. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private DiagnoseMain() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        OneAnswer.print(() -> {
            Settings settings = IngestMain.settings(environment);
            SourcePlans plans = SourcePlans.of(environment, settings, Clock.systemUTC(), SourcesMain.copies());
            ObjectNode all = JSON.createObjectNode();
            all.set("findings", diagnose(plans.plans(), settings.home()));
            return all;
        });
    }

    /** In the order of the plans. */
    static ArrayNode diagnose(List<Plan> plans, Path home) throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<List<Diagnosis>>> diagnoses = new ArrayList<>();
            for (Plan plan : plans) {
                diagnoses.add(threads.submit(() -> diagnoses(plan, home)));
            }
            ArrayNode findings = JSON.createArrayNode();
            for (int i = 0; i < plans.size(); i++) {
                for (Diagnosis diagnosis : diagnoses.get(i).get()) {
                    add(findings, plans.get(i), diagnosis);
                }
            }
            return findings;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Diagnosis> diagnoses(Plan plan, Path home) throws IOException, InterruptedException {
        List<Diagnosis> diagnoses = new ArrayList<>();
        plan.problems()
                .forEach(problem -> diagnoses.add(new Diagnosis("configuration", Diagnosis.Outcome.FAILED, problem)));
        if (plan.ready().isEmpty()) {
            return diagnoses;
        }
        Plan.Ready ready = plan.ready().get();
        Path directory = Files.createDirectories(home.resolve("sources").resolve(plan.name()));
        SourceContext context = new HostContext(
                plan.name(),
                ready.config(),
                Clock.systemUTC(),
                directory,
                new SourceStatus(SourceStatus.State.STOPPED, plan.problems()));
        diagnoses.addAll(diagnoses(ready.factory(), context));
        return diagnoses;
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
