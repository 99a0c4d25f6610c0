package candlestack.local.submit;

import static java.util.Objects.requireNonNull;

import candlestack.config.Key;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import candlestack.local.process.PidFiles;
import candlestack.local.stack.JvmService;
import candlestack.local.stack.SparkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The analytics job on a cluster, by Spark's own rules of submitting. To a standalone master the job's jars are enough;
 * YARN and Kubernetes take a Spark distribution, which {@code SPARK_HOME} names.
 */
public final class Submission {
    private static final String MODULE = "analytics/job";
    private static final String JOB = "candlestack.analytics.job.AnalyticsMain";

    private final Installation installation;
    private final Master master;
    private final DeployMode mode;
    private final Map<String, String> configuration;

    /** @param configuration of Spark, by its own names; comes before ours */
    public Submission(Installation installation, Master master, DeployMode mode, Map<String, String> configuration) {
        this.installation = requireNonNull(installation, "installation is null");
        this.master = requireNonNull(master, "master is null");
        this.mode = requireNonNull(mode, "mode is null");
        this.configuration = new TreeMap<>(configuration);
    }

    /**
     * The command that submits; with the driver here it runs until the job ends.
     *
     * @param sparkHome of a Spark distribution, if there is one
     * @throws LauncherException when the settings cannot work on a cluster, with what to set
     */
    public Command command(Optional<Path> sparkHome) throws IOException {
        check();
        if (master.bundled()) {
            return new JvmService(installation, "submit", MODULE, "org.apache.spark.deploy.SparkSubmit")
                    .options("-Xmx1g", "-XX:+UseParallelGC")
                    .options(SparkOptions.OPENED.toArray(String[]::new))
                    .command(arguments());
        }
        String version = ApplicationJars.sparkVersion(target());
        Path script = sparkHome
                .map(home -> home.resolve("bin").resolve("spark-submit"))
                .filter(Files::isExecutable)
                .orElseThrow(() -> LauncherException.usage("Cannot submit to '" + master.url()
                        + "': what Spark needs for it is not in this checkout; set SPARK_HOME to a distribution of the"
                        + " same Spark (" + version + ")"));
        List<String> words = new ArrayList<>(List.of(script.toString()));
        words.addAll(arguments());
        return new Command(words, installation.environment(), installation.root());
    }

    private void check() throws IOException {
        if (master.bundled() && mode == DeployMode.CLUSTER) {
            throw LauncherException.usage("Cannot submit to '" + master.url()
                    + "' with --deploy-mode cluster: a standalone master does not pass settings on; leave it out");
        }
        Settings settings = installation.settings();
        if (mode == DeployMode.CLUSTER && settings.wantsUserStores()) {
            throw LauncherException.usage("Cannot submit with --deploy-mode cluster: the users stream needs the key in "
                    + settings.secretsDirectory() + ", which a driver elsewhere does not see; leave the stream out"
                    + " (--set analytics.streams=market,series), or use --deploy-mode client");
        }
        if (!master.local()) {
            require(settings, Keys.KAFKA_URL, "executors elsewhere cannot reach " + settings.kafkaBootstrap());
            require(settings, Keys.ANALYTICS_CHECKPOINTS, "executors elsewhere cannot reach " + settings.checkpoints());
        }
        if (new PidFiles(installation.run()).find("analytics").isPresent()) {
            throw LauncherException.failed("Cannot submit: the job runs already, as a part of the stack in "
                    + installation.home() + "; stop it, or start the stack without it (up --parts)");
        }
    }

    private static void require(Settings settings, Key<Optional<String>> key, String why) {
        if (settings.get(key).isEmpty()) {
            throw LauncherException.usage("Cannot submit: " + key.name() + " is not set, and " + why);
        }
    }

    private List<String> arguments() throws IOException {
        Path target = target();
        List<String> words = new ArrayList<>(List.of(
                "--master", master.url(),
                "--deploy-mode", mode.name().toLowerCase(java.util.Locale.ROOT),
                "--name", "candlestack-analytics",
                "--class", JOB,
                "--jars",
                        ApplicationJars.libraries(target).stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(","))));
        allConfiguration().forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
        words.add(ApplicationJars.application(target).toString());
        return words;
    }

    /** A driver elsewhere has neither our file nor our environment: it gets what it cannot do without, and what --set said. */
    private Map<String, String> allConfiguration() {
        Map<String, String> all = new LinkedHashMap<>();
        if (mode == DeployMode.CLUSTER) {
            String prefix = master.url().equals("yarn") ? "spark.yarn.appMasterEnv." : "spark.kubernetes.driverEnv.";
            driverSettings().forEach((variable, value) -> all.put(prefix + variable, value));
        }
        all.putAll(configuration);
        return all;
    }

    private Map<String, String> driverSettings() {
        Map<String, String> values = new TreeMap<>();
        for (Key<Optional<String>> key : List.of(Keys.KAFKA_URL, Keys.ANALYTICS_CHECKPOINTS)) {
            installation.settings().get(key).ifPresent(value -> values.put(key.environmentVariable(), value));
        }
        // All streams would be the default there.
        values.put(
                Keys.ANALYTICS_STREAMS.environmentVariable(),
                String.join(",", installation.settings().get(Keys.ANALYTICS_STREAMS)));
        Map<String, Key<?>> known = Keys.all().stream().collect(Collectors.toMap(Key::name, key -> key));
        installation
                .environment()
                .getOrDefault(Settings.OVERRIDES_VARIABLE, "")
                .lines()
                .forEach(line -> {
                    Key<?> key = known.get(line.replaceFirst("=.*", ""));
                    if (key != null && !key.equals(Keys.HOME)) {
                        values.put(key.environmentVariable(), line.replaceFirst("^[^=]*=", ""));
                    }
                });
        return values;
    }

    private Path target() {
        return installation.root().resolve(MODULE).resolve("target");
    }
}
