package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import candlestack.local.process.Port;
import candlestack.local.process.Tether;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A service of ours as a child JVM: a module's jar with its own lib folder, told by its environment where the
 * configuration is, ready when it says so.
 *
 * @param module the module's folder in the checkout
 * @param options of the JVM
 */
record JvmService(
        String name,
        Set<String> needs,
        Set<String> uses,
        List<Port> ports,
        String address,
        String module,
        String mainClass,
        List<String> options) {
    private static final List<String> COMMON_OPTIONS = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-Djava.awt.headless=true",
            "-Xshare:auto");

    Service in(Installation installation) {
        return new Service(
                name, needs, uses, ports, address, () -> command(installation, List.of()), JvmService::saysReady);
    }

    /** The command that runs the module's main class, with these arguments, until it ends. */
    Command command(Installation installation, List<String> arguments) throws IOException {
        Path temporary = installation.home().resolve("tmp").resolve(name);
        Files.createDirectories(temporary);
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(COMMON_OPTIONS);
        // Native libraries unpack there; /tmp may forbid to run them, and keeps them after kill -9.
        words.add("-Djava.io.tmpdir=" + temporary);
        words.addAll(options);
        words.add("-cp");
        words.add(classPath(installation.root()));
        words.add(Tether.class.getName());
        words.add(mainClass);
        words.addAll(arguments);
        return new Command(words, installation.environment(), installation.root());
    }

    private String classPath(Path root) throws IOException {
        Path target = root.resolve(module).resolve("target");
        return String.join(
                File.pathSeparator, jar(target).toString(), target.resolve("lib") + "/*", ownJar().toString());
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

    /** The tether comes last, so that nothing of the launcher hides a class or a resource of the service. */
    private static Path ownJar() {
        try {
            return Path.of(Tether.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot find the launcher's own jar", e);
        }
    }

    private static boolean saysReady(String line) {
        requireNonNull(line, "line is null");
        return line.equals("ready") || line.startsWith("ready ");
    }
}
