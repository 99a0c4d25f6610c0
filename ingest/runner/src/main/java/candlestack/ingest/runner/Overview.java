package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.runner.plugin.PluginReport;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** What the status file says beside the sources: the plugins, and how the configuration was taken the last time. */
record Overview(List<PluginReport> plugins, Configuration configuration) {
    /**
     * How a reading of the configuration ended.
     *
     * @param count of readings, so that whoever asked for one knows its answer
     * @param problems why what was there before goes on; empty if it was taken
     */
    record Configuration(Instant time, long count, List<String> problems) {
        Configuration {
            requireNonNull(time, "time is null");
            problems = List.copyOf(problems);
        }
    }

    Overview {
        plugins = List.copyOf(plugins);
        requireNonNull(configuration, "configuration is null");
    }

    void describe(ObjectNode json) {
        ArrayNode list = json.putArray("plugins");
        plugins.forEach(plugin -> describe(plugin, list.addObject()));
        ObjectNode taken = json.putObject("configuration");
        taken.put("time", Times.text(configuration.time()));
        taken.put("count", configuration.count());
        configuration.problems().forEach(taken.putArray("problems")::add);
    }

    static void describe(PluginReport plugin, ObjectNode json) {
        json.put("file", plugin.file());
        plugin.types().forEach(json.putArray("types")::add);
        plugin.problem().ifPresent(problem -> json.put("problem", problem));
    }
}
