package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.submit.DeployMode;
import candlestack.local.submit.Master;
import candlestack.local.submit.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the analytics job on a Spark cluster. Ends with the exit code of the submission. */
@Command(
        name = "submit",
        description = "Runs the analytics job on a Spark cluster instead of this machine.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The stack itself runs without the job: ./candlestack up --parts kafka,influxdb,postgres,sinks,ingest,viewer",
            "Kafka and the checkpoints have to be where every executor reaches them.",
            "",
            "Examples:",
            "  ./candlestack submit --master spark://master:7077 --set kafka.url=broker-1:9092,broker-2:9092 \\",
            "      --set analytics.checkpoints=file:///mnt/shared/checkpoints --conf spark.executor.memory=2g",
            "  SPARK_HOME=/opt/spark ./candlestack submit --master yarn --deploy-mode cluster \\",
            "      --set kafka.url=broker-1:9092 --set analytics.checkpoints=hdfs:///candlestack/checkpoints \\",
            "      --set analytics.streams=market,series"
        })
public final class SubmitCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Option(
            names = "--master",
            required = true,
            paramLabel = "URL",
            description = "spark://HOST:PORT; with SPARK_HOME set also yarn and k8s://https://HOST:PORT.")
    private String master;

    @Option(
            names = "--deploy-mode",
            paramLabel = "MODE",
            description = "Where the driver runs: client, here until it is stopped (default), or cluster.")
    private DeployMode mode = DeployMode.CLIENT;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.executor.memory=2g.")
    private Map<String, String> configuration = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = where.installation();
        Submission submission = new Submission(installation, Master.parse(master), mode, configuration);
        candlestack.local.process.Command command = submission.command(
                Optional.ofNullable(System.getenv("SPARK_HOME")).map(Path::of));
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        // The end of this process is the end of that one, and it is given the time to end its last batch. What it ends
        // with is what we end with: the JVM's own code would only say that there was a signal.
        Thread hook = new Thread(() -> Runtime.getRuntime().halt(stop(process)), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return process.waitFor();
    }

    /** By its handle: the process itself would close the pipe, too, which tells the job that the launcher is gone. */
    private static int stop(Process process) {
        process.toHandle().destroy();
        return process.onExit().join().exitValue();
    }
}
