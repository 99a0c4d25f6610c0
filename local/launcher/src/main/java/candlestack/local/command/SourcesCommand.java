package candlestack.local.command;

import candlestack.config.Suggestions;
import candlestack.local.LauncherException;
import candlestack.local.console.Table;
import candlestack.local.ingest.InstalledSources;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sources",
        description = "Shows which sources are installed, their options, and how the configured ones are doing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 nothing is wrong, 1 a configured source or a plugin cannot run, 2 usage or configuration."
        })
public final class SourcesCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Option(names = "--json", description = "One JSON object with 'types', 'plugins' and 'configured'.")
    private boolean json;

    @Option(
            names = "--sample",
            description =
                    "Prints a commented entry for candlestack.yaml of the type that NAME says, with its defaults.")
    private boolean sample;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Only this type of source, or this configured source.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode all = new InstalledSources(where.running(), Clock.systemUTC()).describe();
        PrintWriter out = spec.commandLine().getOut();
        if (sample) {
            out.print(SampleEntry.of(typeToShow(all)));
            out.flush();
            return 0;
        }
        if (name != null) {
            keepOnly(all);
        }
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else {
            all.path("types").forEach(type -> printType(type, out));
            printPlugins(all.path("plugins"), out);
            printConfigured(all.path("configured"), out);
        }
        out.flush();
        return anyProblem(all.path("configured")) || anyBroken(all.path("plugins")) ? 1 : 0;
    }

    /** The type that is named, or that of the configured source that is named. */
    private JsonNode typeToShow(ObjectNode all) {
        if (name == null) {
            throw LauncherException.usage(
                    "Cannot print a sample: say of which type, one of " + names(all.path("types")));
        }
        String type = find(all.path("configured"), name)
                .map(source -> source.path("type").asText())
                .orElse(name);
        return find(all.path("types"), type).orElseThrow(() -> unknown(all));
    }

    private void keepOnly(ObjectNode all) {
        Optional<JsonNode> source = find(all.path("configured"), name);
        String type = source.map(one -> one.path("type").asText()).orElse(name);
        if (source.isEmpty() && find(all.path("types"), type).isEmpty()) {
            throw unknown(all);
        }
        retain(all.withArray("types"), one -> one.path("name").asText().equals(type));
        retain(
                all.withArray("configured"),
                one -> one.path("name").asText().equals(name)
                        || (source.isEmpty() && one.path("type").asText().equals(name)));
        retain(all.withArray("plugins"), plugin -> contains(plugin.path("types"), type));
    }

    private LauncherException unknown(ObjectNode all) {
        List<String> known = names(all.path("types"));
        return LauncherException.usage("Unknown source '" + name + "'" + Suggestions.hint(name, known)
                + "; installed are " + String.join(", ", known));
    }

    private static void retain(ArrayNode list, Predicate<JsonNode> wanted) {
        for (int index = list.size() - 1; index >= 0; index--) {
            if (!wanted.test(list.get(index))) {
                list.remove(index);
            }
        }
    }

    private static boolean contains(JsonNode list, String text) {
        return StreamSupport.stream(list.spliterator(), false)
                .anyMatch(one -> one.asText().equals(text));
    }

    private static Optional<JsonNode> find(JsonNode list, String wanted) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("name").asText().equals(wanted))
                .findFirst();
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path("name").asText())
                .toList();
    }

    private static void printPlugins(JsonNode plugins, PrintWriter out) {
        for (JsonNode plugin : plugins) {
            if (plugin.has("problem")) {
                out.printf(
                        "plugin %s %s%n%n",
                        plugin.path("file").asText(), plugin.path("problem").asText());
            }
        }
    }

    private static boolean anyBroken(JsonNode plugins) {
        return StreamSupport.stream(plugins.spliterator(), false).anyMatch(plugin -> plugin.has("problem"));
    }

    private static void printType(JsonNode type, PrintWriter out) {
        out.printf(
                "%s %s (%s, resumes: %s)%n  %s%n",
                type.path("name").asText(),
                type.path("version").asText(),
                type.path("origin").asText(),
                type.path("resume").asText(),
                type.path("description").asText());
        Table options = new Table("    option", "default", "");
        for (JsonNode option : type.path("options")) {
            options.add(
                    "    " + option.path("name").asText(),
                    option.path("required").asBoolean()
                            ? "(required)"
                            : option.path("default").asText(""),
                    option.path("description").asText() + " Accepts "
                            + option.path("accepted").asText() + ".");
        }
        options.print(out);
        out.println();
    }

    private static void printConfigured(JsonNode configured, PrintWriter out) {
        Table table = new Table("source", "type", "state", "published", "rejected", "per second", "lag", "");
        for (JsonNode source : configured) {
            JsonNode health = source.path("health");
            table.add(
                    source.path("name").asText(),
                    source.path("type").asText(),
                    state(source),
                    health.path("published").asText(""),
                    health.path("rejected").asText(""),
                    health.path("rate").asText(""),
                    health.path("lag").asText(""),
                    remark(source));
        }
        table.print(out);
    }

    private static String state(JsonNode source) {
        if (!source.path("problems").isEmpty()) {
            return "misconfigured";
        }
        String idle = source.path("enabled").asBoolean() ? "not running" : "disabled";
        return source.path("health").path("state").asText(idle);
    }

    private static String remark(JsonNode source) {
        if (!source.path("problems").isEmpty()) {
            return source.path("problems").get(0).asText();
        }
        JsonNode health = source.path("health");
        if (health.has("stuck")) {
            return health.path("stuck").asText();
        }
        return health.path("lastError")
                .path("message")
                .asText(health.path("notice").asText(""));
    }

    private static boolean anyProblem(JsonNode configured) {
        for (JsonNode source : configured) {
            if (source.path("enabled").asBoolean() && !source.path("problems").isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
