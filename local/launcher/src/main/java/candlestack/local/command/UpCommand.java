package candlestack.local.command;

import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.SourceSettings;
import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.console.Progress;
import candlestack.local.ingest.InstalledSources;
import candlestack.local.stack.Catalogue;
import candlestack.local.stack.Component;
import candlestack.local.stack.Launch;
import candlestack.local.stack.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Starts the whole stack and keeps it running until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./candlestack up",
            "  ./candlestack up --only market --detach",
            "  ./candlestack up --source yahoo --symbols AAPL,MSFT",
            "  ./candlestack up --set kafka.port=9093 --set sources.market.rate=5000"
        })
public final class UpCommand implements Callable<Integer> {
    private static final String DETACH = "--detach";
    private static final String READY = "Ready: Ctrl-C or './candlestack down' stops it";

    @Mixin
    private Where where;

    @Mixin
    private SourceSelection selection;

    @Option(names = DETACH, description = "Return once everything is ready; 'down' stops it.")
    private boolean detach;

    @Option(
            names = "--watch",
            description = "Pick up changes of the configuration's sources by itself, as 'reload' does when asked.")
    private boolean watch;

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "NAME",
            description = "Start only these, such as kafka,influxdb,postgres; the others may run elsewhere or later.")
    private List<String> parts = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<SourceSettings> configured = where.installation().settings().sources();
        Installation installation = where.installation(overrides(configured));
        return detach ? detached(installation) : inForeground(installation);
    }

    /** What the options say, by dotted key. */
    Map<String, String> overrides(List<SourceSettings> configured) {
        Map<String, String> overrides = new LinkedHashMap<>(selection.overrides(configured));
        if (watch) {
            overrides.put(Keys.WATCH.name(), "true");
        }
        return overrides;
    }

    private int detached(Installation installation) throws IOException, InterruptedException {
        Launch.requireNoOther(installation);
        List<String> arguments =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        arguments.remove(DETACH);
        return new Detached(installation, arguments, spec.commandLine().getOut()).start(READY);
    }

    private int inForeground(Installation installation) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Component> components = new Catalogue(installation).components(parts);
        Progress progress = new Progress(out, Clock.systemUTC().instant(), addresses(components));
        try (Launch launch = new Launch(installation, components, Clock.systemUTC())) {
            launch.board().watch(progress);
            Thread hook = stopAtExit(launch, progress);
            out.println("Starting in " + installation.home());
            out.flush();
            try {
                if (launch.start()) {
                    welcome(installation, out);
                }
                launch.awaitStop();
            } catch (LauncherException e) {
                progress.stopping();
                launch.stop();
                throw e;
            } finally {
                removeHook(hook);
            }
        }
        return 0;
    }

    private static void welcome(Installation installation, PrintWriter out) {
        Settings settings = installation.settings();
        out.println();
        out.println("  viewer      http://127.0.0.1:" + settings.get(Keys.GRAFANA_PORT));
        out.println("  InfluxDB    " + settings.influxdbUrl() + "  ./candlestack query 'FLUX'");
        out.println("  PostgreSQL  " + settings.postgresUrl() + "  ./candlestack sql 'SQL'");
        if (settings.wantsUserStores()) {
            out.println("  Cassandra   " + settings.cassandraContactPoints() + "  ./candlestack cql 'CQL'");
        }
        out.println("  Kafka       " + settings.kafkaBootstrap());
        out.println("  logs        " + installation.logs() + "  ./candlestack logs [NAME] [-f]");
        out.println();
        troubles(installation).forEach(out::println);
        out.println(READY);
        out.flush();
    }

    /** A source in vain is worth a line, but no reason to stop the others. */
    private static List<String> troubles(Installation installation) {
        try {
            return new InstalledSources(installation, Clock.systemUTC()).troubles();
        } catch (IOException e) {
            return List.of("Cannot say how the sources are: " + e.getMessage());
        }
    }

    private static Thread stopAtExit(Launch launch, Progress progress) {
        Thread hook = new Thread(
                () -> {
                    progress.stopping();
                    try {
                        launch.stop();
                        launch.close();
                    } catch (IOException | InterruptedException e) {
                        System.err.println("Cannot stop cleanly: " + e.getMessage());
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is what made us stop.
            return;
        }
    }

    private static Map<String, String> addresses(List<Component> components) {
        return components.stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .collect(Collectors.toMap(Service::name, Service::address));
    }
}
