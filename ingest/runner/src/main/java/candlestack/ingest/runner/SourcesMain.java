package candlestack.ingest.runner;

import candlestack.config.ConfigException;
import candlestack.config.Settings;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.SourceFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints, as one JSON object on standard output, which types of source are installed with their options, and which
 * sources are configured with what is wrong with them. Starts nothing.
 */
public final class SourcesMain {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INVALID_CONFIGURATION = 2;

    private SourcesMain() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        try {
            Settings settings = IngestMain.settings(environment);
            Catalog catalog = Catalog.installed();
            List<Plan> plans = new Planner(catalog, environment).plan(settings.sources());
            System.out.println(JSON.writeValueAsString(describe(catalog, plans)));
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
        }
    }

    static ObjectNode describe(Catalog catalog, List<Plan> plans) {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode types = all.putArray("types");
        catalog.names().forEach(name -> describe(catalog.find(name).orElseThrow(), types.addObject()));
        ArrayNode configured = all.putArray("configured");
        plans.forEach(plan -> describe(plan, configured.addObject()));
        return all;
    }

    private static void describe(SourceFactory factory, ObjectNode json) {
        json.put("name", factory.name());
        json.put("description", factory.description());
        json.put("version", factory.version());
        json.put("resume", lower(factory.resume()));
        ArrayNode options = json.putArray("options");
        factory.config().options().forEach(option -> describe(option, options.addObject()));
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
