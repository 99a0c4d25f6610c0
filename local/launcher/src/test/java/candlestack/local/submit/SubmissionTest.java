package candlestack.local.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.PidFiles;
import candlestack.local.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {
    private static final Map<String, String> SHARED =
            Map.of("kafka.url", "broker:9092", "analytics.checkpoints", "hdfs:///checkpoints");

    @TempDir
    Path root;

    private Path target;

    @BeforeEach
    void build() throws IOException {
        target = root.resolve("analytics/job/target");
        Files.createDirectories(target.resolve("lib"));
        Files.createFile(target.resolve("candlestack-analytics-job-1.jar"));
        for (String jar : List.of(
                "candlestack-config-1.jar",
                "commons-pool2-2.jar",
                "kafka-clients-4.jar",
                "snakeyaml-engine-3.jar",
                "spark-core_2.13-4.2.0.jar",
                "spark-sql-kafka-0-10_2.13-4.2.0.jar",
                "spark-token-provider-kafka-0-10_2.13-4.2.0.jar")) {
            Files.createFile(target.resolve("lib").resolve(jar));
        }
    }

    @Test
    void aStandaloneMasterGetsTheJobAndTheJarsThatSparkLacks() throws IOException {
        List<String> words = submission("spark://master:7077", DeployMode.CLIENT, SHARED)
                .command(Optional.empty())
                .words();

        List<String> arguments = words.subList(words.indexOf("org.apache.spark.deploy.SparkSubmit"), words.size());
        assertThat(arguments)
                .containsExactly(
                        "org.apache.spark.deploy.SparkSubmit",
                        "--master",
                        "spark://master:7077",
                        "--deploy-mode",
                        "client",
                        "--name",
                        "candlestack-analytics",
                        "--class",
                        "candlestack.analytics.job.AnalyticsMain",
                        "--jars",
                        String.join(
                                ",",
                                lib("candlestack-config-1.jar"),
                                lib("snakeyaml-engine-3.jar"),
                                lib("spark-sql-kafka-0-10_2.13-4.2.0.jar"),
                                lib("spark-token-provider-kafka-0-10_2.13-4.2.0.jar"),
                                lib("kafka-clients-4.jar"),
                                lib("commons-pool2-2.jar")),
                        "--conf",
                        "spark.executor.memory=2g",
                        target.resolve("candlestack-analytics-job-1.jar").toString());
        assertThat(words).contains("--add-opens=java.base/java.nio=ALL-UNNAMED");
    }

    @Test
    void aDriverOnTheClusterIsToldItsSettings() throws IOException {
        Path spark = distribution();

        Map<String, String> settings = new LinkedHashMap<>(SHARED);
        settings.put("analytics.streams", "market,series");
        List<String> words = submission("yarn", DeployMode.CLUSTER, settings)
                .command(Optional.of(spark))
                .words();

        assertThat(words.get(0)).isEqualTo(spark.resolve("bin/spark-submit").toString());
        assertThat(words)
                .contains(
                        "spark.yarn.appMasterEnv.CANDLESTACK_KAFKA_URL=broker:9092",
                        "spark.yarn.appMasterEnv.CANDLESTACK_ANALYTICS_CHECKPOINTS=hdfs:///checkpoints",
                        "spark.yarn.appMasterEnv.CANDLESTACK_ANALYTICS_STREAMS=market,series")
                .noneMatch(word -> word.contains("CANDLESTACK_HOME"));
    }

    @Test
    void aDriverOnTheClusterDoesNotRunTheUsersStreamWhoseKeyIsHere() throws IOException {
        Path spark = distribution();

        assertThatThrownBy(() -> submission("yarn", DeployMode.CLUSTER, SHARED).command(Optional.of(spark)))
                .isInstanceOf(LauncherException.class)
                .hasMessage("Cannot submit with --deploy-mode cluster: the users stream needs the key in "
                        + root.resolve("home/secrets") + ", which a driver elsewhere does not see; leave the stream out"
                        + " (--set analytics.streams=market,series), or use --deploy-mode client");
    }

    @Test
    void withoutADistributionYarnIsRefused() {
        assertThatThrownBy(() -> submission("yarn", DeployMode.CLIENT, SHARED).command(Optional.empty()))
                .isInstanceOf(LauncherException.class)
                .hasMessage("Cannot submit to 'yarn': what Spark needs for it is not in this checkout; set SPARK_HOME"
                        + " to a distribution of the same Spark (4.2.0)");
    }

    @Test
    void whatExecutorsCannotReachIsNamed() {
        assertThatThrownBy(() -> submission("spark://master:7077", DeployMode.CLIENT, Map.of("kafka.port", "19999"))
                        .command(Optional.empty()))
                .hasMessage("Cannot submit: kafka.url is not set, and executors elsewhere cannot reach"
                        + " 127.0.0.1:19999");
        assertThatThrownBy(
                        () -> submission("spark://master:7077", DeployMode.CLIENT, Map.of("kafka.url", "broker:9092"))
                                .command(Optional.empty()))
                .hasMessageStartingWith("Cannot submit: analytics.checkpoints is not set, and executors elsewhere");
    }

    @Test
    void anUnknownMasterIsRefused() {
        assertThatThrownBy(() -> Master.parse("mesos://master:5050"))
                .hasMessage("Invalid --master: 'mesos://master:5050', expected spark://HOST:PORT, yarn or"
                        + " k8s://https://HOST:PORT");
    }

    @Test
    void aSecondJobBesideTheStacksOwnIsRefused() throws IOException {
        Submission submission = submission("spark://127.0.0.1:7077", DeployMode.CLIENT, Map.of());
        new PidFiles(root.resolve("home/run"))
                .write("analytics", ProcessId.of(ProcessHandle.current()).orElseThrow());

        assertThatThrownBy(() -> submission.command(Optional.empty()))
                .hasMessageStartingWith("Cannot submit: the job runs already, as a part of the stack in");
    }

    private Submission submission(String master, DeployMode mode, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("home", root.resolve("home").toString());
        Installation installation = Installation.load(root, Optional.empty(), all, Map.of());
        return new Submission(installation, Master.parse(master), mode, Map.of("spark.executor.memory", "2g"));
    }

    private Path distribution() throws IOException {
        Path script = Files.createDirectories(root.resolve("spark/bin")).resolve("spark-submit");
        Files.createFile(script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return root.resolve("spark");
    }

    private String lib(String jar) {
        return target.resolve("lib").resolve(jar).toString();
    }
}
