package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.console.Table;
import candlestack.local.process.PidFiles;
import candlestack.local.process.ProcessMemory;
import candlestack.local.stack.Catalogue;
import candlestack.local.stack.Component;
import candlestack.local.stack.Pulse;
import candlestack.local.stack.Service;
import candlestack.local.stack.StatusFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Shows what runs and how it is doing.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 all of it is ready, 1 something is not, 2 usage or configuration."})
public final class StatusCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private Where where;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Installation installation = where.running();
        ObjectNode status = status(installation);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(status));
        } else {
            print(status, out);
        }
        out.flush();
        return status.path("state").asText().equals("running") && allReady(status) ? 0 : 1;
    }

    /** The launcher's own words while it lives; what it said last is no news after its death. */
    private static ObjectNode status(Installation installation) throws IOException {
        Optional<ObjectNode> written = StatusFile.ofRunning(installation.run());
        if (written.isEmpty()) {
            return notRunning(new PidFiles(installation.run()).findAll());
        }
        ObjectNode status = written.get();
        ask(installation, status);
        for (JsonNode part : status.path("parts")) {
            long pid = part.path("pid").asLong(0);
            if (pid > 0) {
                ProcessMemory.residentBytes(pid).ifPresent(bytes -> ((ObjectNode) part).put("resident_bytes", bytes));
            }
        }
        return status;
    }

    /** The launcher sees that a process lives, not whether it does anything. */
    private static void ask(Installation installation, ObjectNode status) {
        List<Service> ready = new ArrayList<>();
        for (Component component : new Catalogue(installation).components()) {
            if (component instanceof Service service
                    && status.path("parts")
                            .path(service.name())
                            .path("phase")
                            .asText()
                            .equals("ready")) {
                ready.add(service);
            }
        }
        Pulse.of(ready)
                .forEach((name, answers) -> status.withObject("/parts/" + name).put("answers", answers));
    }

    private static ObjectNode notRunning(Map<String, ProcessHandle> left) {
        ObjectNode status = JSON.createObjectNode();
        status.put("state", left.isEmpty() ? "stopped" : "abandoned");
        ObjectNode parts = status.putObject("parts");
        left.forEach((name, process) ->
                parts.putObject(name).put("phase", "abandoned").put("pid", process.pid()));
        return status;
    }

    private static boolean allReady(ObjectNode status) {
        for (JsonNode part : status.path("parts")) {
            if (!part.path("phase").asText().equals("ready")
                    || !part.path("answers").asBoolean(true)) {
                return false;
            }
        }
        return true;
    }

    private static void print(ObjectNode status, PrintWriter out) {
        String state = status.path("state").asText();
        out.println(
                state.equals("abandoned")
                        ? "The launcher is gone, these are left: './candlestack down' ends them"
                        : state);
        if (status.path("parts").isEmpty()) {
            return;
        }
        Table table = new Table("part", "phase", "pid", "memory", "restarts", "address", "");
        status.path("parts").properties().forEach(entry -> {
            JsonNode part = entry.getValue();
            long bytes = part.path("resident_bytes").asLong(0);
            table.add(
                    entry.getKey(),
                    part.path("phase").asText(),
                    part.path("pid").asText(""),
                    bytes == 0 ? "" : bytes / (1 << 20) + " MiB",
                    part.path("restarts").asText(""),
                    part.path("address").asText(""),
                    part.path("answers").asBoolean(true) ? part.path("detail").asText("") : "not answering");
        });
        table.print(out);
    }
}
