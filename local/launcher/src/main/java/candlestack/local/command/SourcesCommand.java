package candlestack.local.command;

import candlestack.local.console.Table;
import candlestack.local.ingest.InstalledSources;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sources",
        description = "Shows which sources are installed, their options, and how the configured ones are doing.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 nothing is wrong, 1 a configured source cannot run, 2 usage or configuration."})
public final class SourcesCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Option(names = "--json", description = "One JSON object with 'types' and 'configured'.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode all = new InstalledSources(where.running(), Clock.systemUTC()).describe();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else {
            all.path("types").forEach(type -> printType(type, out));
            printConfigured(all.path("configured"), out);
        }
        out.flush();
        return anyProblem(all.path("configured")) ? 1 : 0;
    }

    private static void printType(JsonNode type, PrintWriter out) {
        out.printf(
                "%s %s (resumes: %s)%n  %s%n",
                type.path("name").asText(),
                type.path("version").asText(),
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
