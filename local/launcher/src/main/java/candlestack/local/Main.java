package candlestack.local;

import candlestack.config.ConfigException;
import candlestack.local.command.BenchCommand;
import candlestack.local.command.CqlCommand;
import candlestack.local.command.DoctorCommand;
import candlestack.local.command.DownCommand;
import candlestack.local.command.LogsCommand;
import candlestack.local.command.NewSourceCommand;
import candlestack.local.command.PrepareCommand;
import candlestack.local.command.PrivacyCommand;
import candlestack.local.command.QueryCommand;
import candlestack.local.command.ReloadCommand;
import candlestack.local.command.ReplayCommand;
import candlestack.local.command.SourcesCommand;
import candlestack.local.command.SqlCommand;
import candlestack.local.command.StatusCommand;
import candlestack.local.command.SubmitCommand;
import candlestack.local.command.UpCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;

/** The command line of the stack. Exit codes: 0 done, 1 failed, 2 usage or configuration. */
@Command(
        name = "candlestack",
        description = "Streaming analytics for market data, on one machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DoctorCommand.class,
            QueryCommand.class,
            SqlCommand.class,
            CqlCommand.class,
            SourcesCommand.class,
            NewSourceCommand.class,
            ReloadCommand.class,
            ReplayCommand.class,
            SubmitCommand.class,
            PrivacyCommand.class,
            BenchCommand.class,
            PrepareCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  ./candlestack up                       start everything; Ctrl-C stops it",
            "  ./candlestack up --detach              start and return when all is ready",
            "  ./candlestack query 'from(bucket: \"market\") |> range(start: -5m) |> last()'",
            "  ./candlestack sql 'select * from market.bars order by ts desc limit 5'",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage or configuration."
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(explain());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        // The benchmark has a command line of its own.
        line.getSubcommands().get("bench").setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    /** From the manifest of the launcher's jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"candlestack " + (version == null ? "(not packaged)" : version)};
        }
    }

    private static IExecutionExceptionHandler explain() {
        return (exception, line, parsed) -> {
            PrintWriter err = line.getErr();
            if (exception instanceof LauncherException ours) {
                err.println(ours.getMessage());
                return ours.exitCode();
            }
            if (exception instanceof ConfigException config) {
                err.println(config.getMessage());
                return LauncherException.USAGE;
            }
            if (exception instanceof java.io.IOException || exception instanceof java.io.UncheckedIOException) {
                err.println("Cannot finish '" + line.getCommandName() + "': " + Reason.of(exception));
                return LauncherException.FAILED;
            }
            if (exception instanceof InterruptedException) {
                return LauncherException.FAILED;
            }
            throw exception;
        };
    }
}
