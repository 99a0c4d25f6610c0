package candlestack.local.command;

import candlestack.local.console.RowWriter;
import candlestack.local.doctor.Doctor;
import candlestack.local.doctor.Finding;
import candlestack.local.doctor.Finding.Verdict;
import candlestack.local.ingest.SourceChecks;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Looks at everything a start depends on: Java, memory, disk, ports, secrets, services; or at one "
                + "source.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 nothing failed, 1 something did, 2 usage or configuration."})
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Mixin
    private Format format;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Looks at this source instead: what it needs from outside, step by step.")
    private String source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Finding> findings = source == null
                ? new Doctor(where.running()).examine()
                : new SourceChecks(where.running()).examine(source);
        RowWriter rows = format.format().writer(spec.commandLine().getOut());
        rows.begin(List.of("verdict", "subject", "detail"));
        for (Finding finding : findings) {
            rows.row(List.of(finding.verdict().name().toLowerCase(Locale.ROOT), finding.subject(), finding.detail()));
        }
        rows.end();
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAILED) ? 1 : 0;
    }
}
