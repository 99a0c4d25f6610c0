package candlestack.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTemplateTest {
    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    private static final long MOST_SECONDS = 240;

    @TempDir
    Path folder;

    @Test
    void itsProjectBuildsAndPassesTheContractWithoutTheInternet() throws Exception {
        assumeThat(CHECKOUT.resolve("ingest/testkit/target/candlestack-ingest-testkit-0.1.0-SNAPSHOT.jar"))
                .as("the kit is built before this module")
                .exists();
        Path project = folder.resolve("a source");
        new SourceTemplate("air-quality", "com.example.air", CHECKOUT, folder.resolve("my plugins")).writeTo(project);

        Maven maven = Maven.run(project, "-o", "-B", "package");

        assumeThat(maven.said())
                .as("the local repository has what the project needs")
                .doesNotContain("has not been downloaded from it before")
                .doesNotContain("in offline mode");
        assertThat(maven.code()).as(maven.said()).isZero();
        assertThat(maven.testsRun()).isGreaterThanOrEqualTo(13);
        try (JarFile jar = new JarFile(project.resolve("target/air-quality.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Candlestack-Api-Version"))
                    .isEqualTo("1.0");
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains(
                            "com/example/air/AirQualityFactory.class",
                            "com/fasterxml/jackson/databind/ObjectMapper.class",
                            "META-INF/services/candlestack.ingest.api.SourceFactory")
                    .noneMatch(name -> name.startsWith("candlestack/") || name.startsWith("org/junit/"));
        }
    }

    @Test
    void asksForNoMoreThanFortyLines() throws Exception {
        Path project = folder.resolve("short");
        new SourceTemplate("short", "short1", CHECKOUT, folder).writeTo(project);

        List<String> code = Files.readAllLines(project.resolve("src/main/java/short1/ShortFactory.java")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.startsWith("import ")
                        && !line.startsWith("package ")
                        && !line.startsWith("/")
                        && !line.startsWith("@Override")
                        && !line.equals("}"))
                .toList();

        assertThat(code).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void usesThePluginsOfTheCheckoutsOwnBuildWhichAreInEveryRepositoryThatBuiltIt() throws Exception {
        Path project = folder.resolve("pinned");
        new SourceTemplate("pinned", "pinned", CHECKOUT, folder).writeTo(project);

        assertThat(versions(CHECKOUT.resolve("pom.xml"))).containsAll(versions(project.resolve("pom.xml")));
    }

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(ShellWord.quoted("/a/b-1.jar")).isEqualTo("/a/b-1.jar");
        assertThat(ShellWord.quoted("/my folder/it's")).isEqualTo("'/my folder/it'\\''s'");
    }

    private static List<String> versions(Path pom) throws Exception {
        Matcher matcher = Pattern.compile("<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)<")
                .matcher(Files.readString(pom));
        List<String> versions = new ArrayList<>();
        while (matcher.find()) {
            versions.add(matcher.group(1) + " " + matcher.group(2));
        }
        return versions;
    }

    /** One run of Maven as a process of its own. */
    private record Maven(int code, String said) {
        private static final Pattern TESTS = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0");

        static Maven run(Path project, String... arguments) throws Exception {
            List<String> words = new ArrayList<>(List.of("mvn"));
            // Surefire tells the tests which repository this build uses.
            Optional.ofNullable(System.getProperty("localRepository"))
                    .ifPresent(repository -> words.add("-Dmaven.repo.local=" + repository));
            words.addAll(List.of(arguments));
            Path said = project.resolve("said.txt");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(project.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
            Process process = builder.start();
            try {
                assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                        .as("Maven ends in time")
                        .isTrue();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return new Maven(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
        }

        int testsRun() {
            return TESTS.matcher(said)
                    .results()
                    .mapToInt(result -> Integer.parseInt(result.group(1)))
                    .max()
                    .orElse(0);
        }
    }
}
