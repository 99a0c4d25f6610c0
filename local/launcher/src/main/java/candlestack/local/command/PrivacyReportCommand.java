package candlestack.local.command;

import candlestack.config.Settings;
import candlestack.local.console.OutputFormat;
import candlestack.local.console.RowWriter;
import candlestack.local.privacy.Processing;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description =
                "The register of processing: what is kept of people, where, why, how long and how it is protected.",
        mixinStandardHelpOptions = true)
final class PrivacyReportCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Option(names = "--json", description = "One JSON array of objects.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = where.running().settings();
        List<Processing> register = Processing.register(settings);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            write(register, OutputFormat.JSON.writer(out));
        } else {
            register.forEach(entry -> print(entry, out));
        }
        return 0;
    }

    private static void write(List<Processing> register, RowWriter rows) throws IOException {
        rows.begin(List.of("store", "purpose", "data", "retention", "security"));
        for (Processing entry : register) {
            rows.row(List.of(entry.store(), entry.purpose(), entry.data(), entry.retention(), entry.security()));
        }
        rows.end();
    }

    private static void print(Processing entry, PrintWriter out) {
        out.println(entry.store());
        out.println("  purpose    " + entry.purpose());
        out.println("  data       " + entry.data());
        out.println("  retention  " + entry.retention());
        out.println("  security   " + entry.security());
    }
}
