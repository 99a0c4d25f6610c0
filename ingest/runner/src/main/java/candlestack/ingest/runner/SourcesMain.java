package candlestack.ingest.runner;

import candlestack.config.Settings;
import candlestack.ingest.api.Option;
import candlestack.ingest.runner.plugin.InstalledType;
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
 * Prints, as one JSON object on standard output, which types of source are installed with their options, and which
 * sources are configured with what is wrong with them. Starts nothing.
 */
public final class SourcesMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SourcesMain() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        OneAnswer.print(() -> {
            Settings settings = IngestMain.settings(environment);
            return describe(SourcePlans.of(environment, settings, Clock.systemUTC(), copies()));
        });
    }

    /** For as long as this program runs: another one may be hosting the same plugins. */
    static Path copies() throws IOException {
        Path copies = Files.createTempDirectory("candlestack-plugins");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Copies.clear(copies), "clear"));
        return copies;
    }

    private static ObjectNode describe(SourcePlans plans) {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode types = all.putArray("types");
        plans.catalog().types().forEach(type -> describe(type, types.addObject()));
        ArrayNode plugins = all.putArray("plugins");
        plans.overview().plugins().forEach(plugin -> Overview.describe(plugin, plugins.addObject()));
        ArrayNode configured = all.putArray("configured");
        plans.plans().forEach(plan -> describe(plan, configured.addObject()));
        return all;
    }

    private static void describe(InstalledType type, ObjectNode json) {
        json.put("name", type.name());
        json.put("description", type.description());
        json.put("version", type.version());
        json.put("origin", type.origin());
        json.put("startsByItself", type.startsByItself());
        json.put("resume", lower(type.resume()));
        ArrayNode options = json.putArray("options");
        type.config().options().forEach(option -> describe(option, options.addObject()));
    }

    private static void describe(Option<?> option, ObjectNode json) {
        json.put("name", option.name());
        json.put("description", option.description());
        json.put("accepted", option.accepted());
        json.put("required", option.isRequired());
        json.put("secret", option.isSecret());
        option.defaultText().ifPresent(text -> json.put("default", text));
    }

    private static void describe(Plan plan, ObjectNode json) {
        json.put("name", plan.name());
        json.put("type", plan.type());
        json.put("enabled", plan.enabled() == Plan.Enablement.ENABLED);
        ArrayNode problems = json.putArray("problems");
        plan.problems().forEach(problems::add);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
