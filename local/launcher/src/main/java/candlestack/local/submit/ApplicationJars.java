package candlestack.local.submit;

import candlestack.local.LauncherException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Of the job's libraries those that no Spark distribution has: what executors get from the driver. */
final class ApplicationJars {
    private static final List<String> PATTERNS = List.of(
            "candlestack-*.jar",
            "snakeyaml-engine-*.jar",
            "spark-sql-kafka-0-10_*.jar",
            "spark-token-provider-kafka-0-10_*.jar",
            "kafka-clients-*.jar",
            "commons-pool2-*.jar");

    private ApplicationJars() {}

    /** @param target the built folder of the job's module */
    static Path application(Path target) throws IOException {
        return matching(target, "candlestack-*.jar").get(0);
    }

    /** @throws LauncherException naming what is not there */
    static List<Path> libraries(Path target) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String pattern : PATTERNS) {
            jars.addAll(matching(target.resolve("lib"), pattern));
        }
        return jars;
    }

    static String sparkVersion(Path target) throws IOException {
        String name = matching(target.resolve("lib"), "spark-core_*.jar")
                .get(0)
                .getFileName()
                .toString();
        return name.substring(name.lastIndexOf('-') + 1, name.length() - ".jar".length());
    }

    private static List<Path> matching(Path folder, String pattern) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
                List<Path> jars = new ArrayList<>();
                found.forEach(jars::add);
                jars.sort(null);
                if (!jars.isEmpty()) {
                    return jars;
                }
            }
        }
        throw LauncherException.failed("Cannot submit: " + folder + " has no " + pattern
                + "; run 'mvn -Dquick -DskipTests package' in the checkout");
    }
}
