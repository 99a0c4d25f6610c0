package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import candlestack.local.process.FileTree;
import candlestack.local.process.Port;
import candlestack.local.tether.Tether;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A service of ours as a child JVM: a module's jar with its own lib folder, told by its environment where the
 * configuration is, ready when it says so.
 *
 * <p>A builder: each setter adds to what was set before.
 */
public final class JvmService {
    private static final Pattern READY = Pattern.compile("ready\\b");
    private static final List<String> COMMON_OPTIONS = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-Djava.awt.headless=true",
            "-Xshare:auto");

    private final Installation installation;
    private final String name;
    private final String module;
    private final String mainClass;
    private final List<Port> ports = new ArrayList<>();
    private final Set<String> needs = new LinkedHashSet<>();
    private final Set<String> uses = new LinkedHashSet<>();
    private final List<String> options = new ArrayList<>();
    private String address = "";
    private Urgency urgency = Urgency.AWAITED;
    private Classes classes = Classes.PARSED;

    /** Where a JVM's classes come from. */
    private enum Classes {
        PARSED,
        ARCHIVED,
        TO_BE_ARCHIVED
    }

    /** @param module the module's folder in the checkout */
    public JvmService(Installation installation, String name, String module, String mainClass) {
        this.installation = requireNonNull(installation, "installation is null");
        this.name = requireNonNull(name, "name is null");
        this.module = requireNonNull(module, "module is null");
        this.mainClass = requireNonNull(mainClass, "mainClass is null");
    }

    /** @param address what users connect to there; empty where they do not */
    JvmService listensOn(Port port, String address) {
        ports.add(port);
        this.address = address;
        return this;
    }

    /** What must be ready before it starts. */
    JvmService needs(String... names) {
        needs.addAll(List.of(names));
        return uses(names);
    }

    /** What must be ready before it starts, and has nothing to do with it otherwise. */
    JvmService startsAfter(String... names) {
        needs.addAll(List.of(names));
        return this;
    }

    /** The start of the stack does not wait for it. */
    JvmService inBackground() {
        urgency = Urgency.IN_BACKGROUND;
        return this;
    }

    /** What may stop only after it. */
    JvmService uses(String... names) {
        uses.addAll(List.of(names));
        return this;
    }

    /** Options of the JVM. */
    public JvmService options(String... words) {
        return options(List.of(words));
    }

    JvmService options(List<String> words) {
        options.addAll(words);
        return this;
    }

    /** Takes its classes from the archive that {@link #archives} has made, if there is one: it starts in half the time. */
    JvmService archived() {
        classes = Classes.ARCHIVED;
        return this;
    }

    /** Archives at its end the classes it has loaded, for a service of the same module, options and class path. */
    public JvmService archives() {
        classes = Classes.TO_BE_ARCHIVED;
        return this;
    }

    Service build() {
        return new Service(name, needs, uses, ports, address, () -> command(List.of()), JvmService::saysReady, urgency);
    }

    /**
     * The command that runs the main class with these arguments until it ends.
     *
     * @throws LauncherException when the module is not built
     */
    public Command command(List<String> arguments) throws IOException {
        return command(installation.home().resolve("tmp").resolve(name), arguments);
    }

    /** @param temporary a folder that is emptied first */
    public Command command(Path temporary, List<String> arguments) throws IOException {
        // Native libraries unpack there: /tmp may forbid to run them. What a killed process left is of no use.
        FileTree.delete(temporary);
        Files.createDirectories(temporary);
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(COMMON_OPTIONS);
        words.add("-Djava.io.tmpdir=" + temporary);
        words.addAll(options);
        words.addAll(
                archive(installation.root().resolve(module).resolve("target").resolve("classes.jsa")));
        words.add("-cp");
        words.add(classPath(installation.root()));
        words.add(Tether.class.getName());
        words.add(mainClass);
        words.addAll(arguments);
        return new Command(words, installation.environment(), installation.root());
    }

    /** An archive that does not fit, after a change of the JDK say, is left alone by the JVM, which says nothing then. */
    private List<String> archive(Path file) {
        return switch (classes) {
            case PARSED -> List.of();
            case ARCHIVED ->
                Files.isReadable(file)
                        ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable", "-Xlog:all=error:stderr")
                        : List.of();
            case TO_BE_ARCHIVED -> List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable");
        };
    }

    private String classPath(Path root) throws IOException {
        Path target = root.resolve(module).resolve("target");
        return String.join(
                File.pathSeparator,
                jar(target).toString(),
                target.resolve("lib") + "/*",
                tetherJar().toString());
    }

    private Path jar(Path target) throws IOException {
        if (Files.isDirectory(target.resolve("lib"))) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "candlestack-*.jar")) {
                for (Path jar : jars) {
                    return jar;
                }
            }
        }
        throw LauncherException.failed("Cannot start " + name + ": " + target
                + " is not built; run 'mvn -Dquick -DskipTests package' in " + target.getParent());
    }

    private static Path tetherJar() {
        try {
            return Path.of(Tether.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot find the tether's jar", e);
        }
    }

    private static boolean saysReady(String line) {
        return READY.matcher(line).lookingAt();
    }
}
