package candlestack.local.ingest;

import static java.util.Objects.requireNonNull;

import candlestack.local.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;

/**
 * A Maven project with a source that works, as a beginning. It uses the jars of the checkout where they are: nothing has
 * to be installed.
 */
public final class SourceTemplate {
    private static final String API = "candlestack-ingest-api-";

    private final String name;
    private final String packageName;
    private final Path checkout;
    private final Path plugins;

    /**
     * @param name of the type of source
     * @param packageName of its classes
     * @param plugins the folder that its jar is to be copied to
     */
    public SourceTemplate(String name, String packageName, Path checkout, Path plugins) {
        this.name = requireNonNull(name, "name is null");
        this.packageName = requireNonNull(packageName, "packageName is null");
        this.checkout = requireNonNull(checkout, "checkout is null");
        this.plugins = requireNonNull(plugins, "plugins is null");
    }

    /** Writes the project into a folder, which is made. */
    public void writeTo(Path folder) throws IOException {
        String className = className(name);
        Path code = Path.of(packageName.replace('.', '/'));
        Map<String, String> values = values(className);
        Path main = folder.resolve("src/main/java").resolve(code);
        Path test = folder.resolve("src/test/java").resolve(code);
        write("gitignore", folder.resolve(".gitignore"), values);
        write("README.md", folder.resolve("README.md"), values);
        write("Factory.java", main.resolve(className + "Factory.java"), values);
        write("HttpPoll.java", main.resolve("HttpPoll.java"), values);
        write("Stub.java", test.resolve("Stub.java"), values);
        write("ContractTest.java", test.resolve(className + "ContractTest.java"), values);
        write("Test.java", test.resolve(className + "Test.java"), values);
        Path services = Files.createDirectories(folder.resolve("src/main/resources/META-INF/services"));
        Files.writeString(
                services.resolve("candlestack.ingest.api.SourceFactory"), packageName + "." + className + "Factory\n");
        values.put("CHECKOUT", xml(checkout.toString()));
        write("pom.xml", folder.resolve("pom.xml"), values);
    }

    /** {@code air-quality} becomes {@code AirQuality}. */
    static String className(String name) {
        StringBuilder words = new StringBuilder();
        for (String word : name.split("-")) {
            if (!word.isEmpty()) {
                words.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return words.toString();
    }

    private Map<String, String> values(String className) throws IOException {
        Path api = apiJar();
        String file = requireNonNull(api.getFileName(), "a jar has a name").toString();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("NAME", name);
        values.put("PACKAGE", packageName);
        values.put("CLASS", className);
        values.put("VERSION", file.substring(API.length(), file.length() - ".jar".length()));
        values.put("API", apiVersion(api));
        values.put("PLUGINS", ShellWord.quoted(plugins.toString()));
        values.put(
                "CANDLESTACK", ShellWord.quoted(checkout.resolve("candlestack").toString()));
        Properties versions = versions();
        values.put("JACKSON", versions.getProperty("jackson"));
        values.put("JUNIT", versions.getProperty("junit"));
        return values;
    }

    private Path apiJar() throws IOException {
        Path target = checkout.resolve("ingest/api/target");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, API + "*.jar")) {
                for (Path jar : jars) {
                    return jar;
                }
            }
        }
        throw LauncherException.failed("Cannot make a source: " + target
                + " is not built; run 'mvn -Dquick -DskipTests package' in " + checkout);
    }

    private static String apiVersion(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.getManifest().getMainAttributes().getValue("Specification-Version");
        }
    }

    private static Properties versions() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = SourceTemplate.class.getResourceAsStream("/candlestack/local/template.properties")) {
            versions.load(in);
        }
        return versions;
    }

    private static void write(String resource, Path file, Map<String, String> values) throws IOException {
        Files.createDirectories(requireNonNull(file.getParent(), "a file has a parent"));
        String text;
        try (InputStream in = SourceTemplate.class.getResourceAsStream("/candlestack/local/template/" + resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        Files.writeString(file, text);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
