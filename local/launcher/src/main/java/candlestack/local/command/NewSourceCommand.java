package candlestack.local.command;

import candlestack.config.Keys;
import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.ingest.InstalledSources;
import candlestack.local.ingest.ShellWord;
import candlestack.local.ingest.SourceTemplate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "new-source",
        description = "Writes a Maven project with a source that polls a JSON API, to begin with.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./candlestack new-source weather",
            "  ./candlestack new-source tides --folder ../tides"
        })
public final class NewSourceCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Parameters(paramLabel = "NAME", description = "The type of source: lower-case letters, digits and hyphens.")
    private String name;

    @Option(names = "--package", paramLabel = "P", description = "The package of its classes; by default plugins.NAME.")
    private String packageName;

    @Option(names = "--folder", paramLabel = "DIR", description = "Where the project goes; by default ./NAME.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkName(name);
        String packageOfClasses = packageOfClasses(name, Optional.ofNullable(packageName));
        Installation installation = where.installation();
        refuseInstalled(name, installed(installation));
        Path project =
                (folder == null ? Path.of(name) : folder).toAbsolutePath().normalize();
        requireEmpty(project);
        Path plugins = plugins(installation);
        new SourceTemplate(name, packageOfClasses, installation.root(), plugins).writeTo(project);
        explain(project, plugins, installation.root());
        return 0;
    }

    /** Without the list there may be two of one name, which is worth a warning; the project is made all the same. */
    private JsonNode installed(Installation installation) throws IOException, InterruptedException {
        try {
            return new InstalledSources(installation, Clock.systemUTC()).describe();
        } catch (LauncherException e) {
            spec.commandLine()
                    .getErr()
                    .println("Cannot see whether a type of source '" + name + "' is installed: " + e.getMessage());
            return MissingNode.getInstance();
        }
    }

    static void checkName(String name) {
        if (!name.matches("[a-z][a-z0-9-]{0,60}")) {
            throw LauncherException.usage("Invalid NAME: '" + name
                    + "', expected lower-case letters, digits and hyphens, such as air-quality");
        }
        if (name.equals("source")) {
            throw LauncherException.usage("Invalid NAME: 'source', its class would be a SourceFactory, as the interface"
                    + " that it implements; choose what says where the data is from");
        }
    }

    /** Two of one name: the host would take neither the one nor the other. */
    static void refuseInstalled(String name, JsonNode sources) {
        for (JsonNode type : sources.path("types")) {
            if (type.path("name").asText().equals(name)) {
                throw LauncherException.usage("Invalid NAME: '" + name + "' is a type of source that is installed ("
                        + type.path("description").asText() + "); choose another");
            }
        }
    }

    static String packageOfClasses(String name, Optional<String> packageName) {
        String word = name.replace("-", "");
        if (packageName.isEmpty() && SourceVersion.isKeyword(word)) {
            throw LauncherException.usage("Invalid NAME: '" + name + "', its package would be 'plugins." + word
                    + "', and '" + word + "' is a word of Java's own; choose another, or a package with --package");
        }
        String chosen = packageName.orElse("plugins." + word);
        if (!SourceVersion.isName(chosen)) {
            throw LauncherException.usage("Invalid --package: '" + chosen + "', expected a name of a Java package,"
                    + " such as com.example.weather");
        }
        return chosen;
    }

    private static void requireEmpty(Path project) throws IOException {
        if (!Files.exists(project)) {
            return;
        }
        try (Stream<Path> files = Files.list(project)) {
            if (files.findAny().isPresent()) {
                throw LauncherException.usage("Cannot write into '" + project + "': it is not empty; use --folder");
            }
        }
    }

    private static Path plugins(Installation installation) {
        Path parent = Objects.requireNonNull(installation.configFile().getParent(), "a file has a parent");
        return parent.resolve(installation.settings().get(Keys.PLUGINS_DIRECTORY));
    }

    private void explain(Path project, Path plugins, Path root) {
        PrintWriter out = spec.commandLine().getOut();
        String candlestack = ShellWord.quoted(root.resolve("candlestack").toString());
        out.println("Made a source of type '" + name + "' in " + project);
        out.println();
        out.println("  cd " + ShellWord.quoted(project.toString()));
        out.println("  mvn package                      # builds and tests it; -o without the internet");
        out.println("  mkdir -p " + ShellWord.quoted(plugins.toString()) + " && cp target/" + name + ".jar "
                + ShellWord.quoted(plugins + "/"));
        out.println("  " + candlestack + " sources " + name);
        out.println();
        out.println("A running stack picks it up within seconds. What to change is in the project's README.md.");
        out.flush();
    }
}
