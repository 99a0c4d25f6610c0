package candlestack.ingest.runner.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
    private static final Path OLD_JACKSON = Path.of("target/test-plugins/conflicting-jackson.jar");
    private static final String JACKSON_VERSION =
            "String.valueOf(com.fasterxml.jackson.core.json.PackageVersion.VERSION)";

    @TempDir
    Path home;

    private Path plugins;
    private PluginFolder folder;

    @BeforeEach
    void makeAFolder() {
        plugins = TestPlugin.folder(home.resolve("my plugins"));
        folder = new PluginFolder(
                plugins, new PluginLoader(home.resolve("copies"), Duration.ofSeconds(2)), List.of("replay"));
    }

    @Test
    void aPluginHasTheLibrariesThatItBringsAndNoneOfTheHosts() throws Exception {
        Path own = TestPlugin.folder(plugins.resolve("weather"));
        Files.copy(OLD_JACKSON, TestPlugin.folder(own.resolve("lib")).resolve("jackson-core.jar"));
        TestPlugin.named("weather").describes(JACKSON_VERSION).writeTo(own.resolve("weather.jar"), OLD_JACKSON);
        TestPlugin.named("bare").describes(JACKSON_VERSION).writeTo(plugins.resolve("bare.jar"), OLD_JACKSON);
        TestPlugin.named("curious")
                .describes("seen(\"org.apache.kafka.clients.producer.KafkaProducer\")")
                .statics("""
                        static String seen(String name) {
                            try { return Class.forName(name).getName(); } catch (ClassNotFoundException e) { return "nothing"; }
                        }""")
                .writeTo(plugins.resolve("curious.jar"));

        folder.open();

        assertThat(com.fasterxml.jackson.core.json.PackageVersion.VERSION.toString())
                .startsWith("2.2");
        assertThat(type("weather").description()).isEqualTo("2.9.10");
        assertThat(type("weather").version()).isEqualTo("7.1");
        assertThat(type("curious").description()).isEqualTo("nothing");
        assertThat(problem("bare.jar"))
                .isEqualTo("java.lang.NoClassDefFoundError: com/fasterxml/jackson/core/json/PackageVersion");
    }

    @Test
    void aPluginFindsItsOwnResourcesFirst() throws Exception {
        String services = "META-INF/services/ch.qos.logback.classic.spi.Configurator";
        String logback = "logback.xml";
        TestPlugin.named("resources")
                .statics("""
                        static String read(String name) {
                            try (var in = TestFactory.class.getClassLoader().getResourceAsStream(name)) {
                                return in == null ? "nothing" : new String(in.readAllBytes());
                            } catch (java.io.IOException e) { return e.toString(); }
                        }""")
                .describes("read(\"" + logback + "\") + \" and \" + read(\"" + services + "\") + \" and \""
                        + " + read(\"candlestack/ingest/runner/Ingest.class\")")
                .with(logback, "mine")
                .writeTo(plugins.resolve("resources.jar"));

        folder.open();

        assertThat(type("resources").description()).isEqualTo("mine and nothing and nothing");
    }

    @Test
    void tellsNameVersionAndOriginOfWhatItFinds() throws Exception {
        TestPlugin.named("weather").writeTo(plugins.resolve("weather.jar"));
        Files.writeString(plugins.resolve("README.md"), "not a plugin");
        Files.writeString(plugins.resolve(".hidden.jar"), "not a plugin");

        folder.open();

        assertThat(type("weather"))
                .extracting(InstalledType::version, InstalledType::origin, InstalledType::startsByItself)
                .containsExactly("7.1", "weather.jar", true);
        assertThat(folder.reports())
                .containsExactly(new PluginReport("weather.jar", List.of("weather"), Optional.empty()));
    }

    @Test
    void reportsEachBrokenOneWithItsReasonAndLoadsTheOthers() throws Exception {
        byte[] whole = TestPlugin.named("cut").bytes();
        Files.write(plugins.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        TestPlugin.named("dumb")
                .without("META-INF/services/candlestack.ingest.api.SourceFactory")
                .writeTo(plugins.resolve("dumb.jar"));
        TestPlugin.named("absent")
                .with("META-INF/services/candlestack.ingest.api.SourceFactory", "plugged.Missing")
                .writeTo(plugins.resolve("absent.jar"));
        TestPlugin.named("Bad Name").writeTo(plugins.resolve("bad.jar"));
        TestPlugin.named("newer")
                .manifest(Map.of("Candlestack-Api-Version", "1.7"))
                .writeTo(plugins.resolve("newer.jar"));
        TestPlugin.named("older")
                .manifest(Map.of("Candlestack-Api-Version", "1.0"))
                .writeTo(plugins.resolve("older.jar"));
        TestPlugin.named("throwing")
                .statics("static final int N = Integer.parseInt(\"x\");")
                .writeTo(plugins.resolve("throwing.jar"));
        TestPlugin.named("leaving").describes("leave()").statics("""
                static String leave() { System.exit(3); return ""; }""").writeTo(plugins.resolve("leaving.jar"));
        TestPlugin.named("halting").describes("leave()").statics("""
                static String leave() { Runtime.getRuntime().halt(4); return ""; }""").writeTo(plugins.resolve("halting.jar"));
        TestPlugin.named("referring").describes("leave()").statics("""
                static String leave() { java.util.function.IntConsumer end = System::exit; end.accept(5); return ""; }""").writeTo(plugins.resolve("referring.jar"));
        TestPlugin.named("bound").describes("leave()").statics("""
                static String leave() {
                    java.util.function.IntConsumer end = Runtime.getRuntime()::halt;
                    end.accept(6);
                    return "";
                }""").writeTo(plugins.resolve("bound.jar"));
        TestPlugin.named("sleeping").describes("doze()").statics("""
                static String doze() { while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } } }""").writeTo(plugins.resolve("sleeping.jar"));
        TestPlugin.named("replay").writeTo(plugins.resolve("replay.jar"));
        TestPlugin.named("older").writeTo(plugins.resolve("second.jar"));

        folder.open();

        assertThat(folder.types()).extracting(InstalledType::name).containsExactly("older");
        assertThat(problem("cut.jar")).startsWith("is no complete jar: ");
        assertThat(problem("dumb.jar"))
                .isEqualTo("has no source: a line in META-INF/services/candlestack.ingest.api.SourceFactory names the"
                        + " class of its factory");
        assertThat(problem("absent.jar")).contains("plugged.Missing").contains("not found");
        assertThat(problem("bad.jar"))
                .isEqualTo("java.lang.IllegalArgumentException: Invalid name of a type of source: 'Bad Name', expected"
                        + " lower-case letters, digits and hyphens");
        assertThat(problem("newer.jar"))
                .isEqualTo("was written for version 1.7 of the source SPI, and this is 1.0: build it against this one");
        assertThat(problem("throwing.jar")).isEqualTo("java.lang.NumberFormatException: For input string: \"x\"");
        assertThat(problem("leaving.jar"))
                .endsWith("leaving.jar called System.exit(3) in plugged.TestFactory: a plugin cannot end the process");
        assertThat(problem("halting.jar"))
                .endsWith("halting.jar called Runtime.halt(4) in plugged.TestFactory: a plugin cannot end the process");
        assertThat(problem("referring.jar"))
                .endsWith(
                        "referring.jar called System.exit(5) in plugged.TestFactory: a plugin cannot end the process");
        assertThat(problem("bound.jar"))
                .endsWith("bound.jar called Runtime.halt(6) in plugged.TestFactory: a plugin cannot end the process");
        assertThat(problem("sleeping.jar")).startsWith("is not back after 2 s at java");
        assertThat(problem("replay.jar")).isEqualTo("cannot give 'replay': that type is built in");
        assertThat(problem("second.jar")).isEqualTo("cannot give 'older': that type is given by older.jar");
        assertThat(report("older.jar").problem()).isEmpty();
    }

    @Test
    void oneThatCannotBeLookedAtHarmsNoOther() throws Exception {
        Path loop = plugins.resolve("loop.jar");
        Files.createSymbolicLink(loop, loop);
        TestPlugin.named("weather").writeTo(plugins.resolve("weather.jar"));

        folder.open();

        assertThat(type("weather").origin()).isEqualTo("weather.jar");
        assertThat(problem("loop.jar")).startsWith("cannot be read: ").contains("loop.jar");
        assertThat(folder.refresh()).isFalse();
    }

    @Test
    void followsWhatIsAddedReplacedAndRemovedOnceItIsComplete() throws Exception {
        folder.open();
        assertThat(folder.refresh()).isFalse();
        byte[] whole = TestPlugin.named("weather").describes("\"first\"").bytes();
        Files.write(plugins.resolve("weather.jar"), Arrays.copyOf(whole, 100));
        assertThat(folder.refresh()).isFalse();
        Files.write(plugins.resolve("weather.jar"), whole);
        assertThat(folder.refresh()).isFalse();

        assertThat(folder.refresh()).isTrue();
        assertThat(type("weather").description()).isEqualTo("first");
        InstalledType first = type("weather");
        assertThat(folder.refresh()).isFalse();

        TestPlugin.named("weather").describes("\"second\"").writeTo(plugins.resolve("weather.jar"));
        assertThat(folder.refresh()).isFalse();
        assertThat(folder.refresh()).isTrue();
        assertThat(type("weather").description()).isEqualTo("second");
        assertThat(type("weather").factory().getClass())
                .isNotSameAs(first.factory().getClass());

        Files.delete(plugins.resolve("weather.jar"));
        assertThat(folder.refresh()).isTrue();
        assertThat(folder.types()).isEmpty();
        assertThat(folder.reports()).isEmpty();
    }

    @Test
    void goesOnWithWhatWasThereWhenTheNewOneIsBroken() throws Exception {
        TestPlugin.named("weather").describes("\"first\"").writeTo(plugins.resolve("weather.jar"));
        folder.open();

        Files.writeString(plugins.resolve("weather.jar"), "no jar");
        folder.refresh();
        assertThat(folder.refresh()).isTrue();

        assertThat(type("weather").description()).isEqualTo("first");
        assertThat(problem("weather.jar"))
                .isEqualTo("is no complete jar: zip END header not found; what was there before goes on");
    }

    @Test
    void letsGoOfACopyWhenItsLastUserHasEnded() throws Exception {
        TestPlugin.named("weather").writeTo(plugins.resolve("weather.jar"));
        folder.open();
        Plugin plugin = Plugin.of(type("weather").factory()).orElseThrow();
        Path copy = home.resolve("copies/0-weather.jar");
        plugin.use();
        Files.delete(plugins.resolve("weather.jar"));

        folder.refresh();
        assertThat(copy).exists();

        plugin.release();
        assertThat(copy).doesNotExist();
    }

    private InstalledType type(String name) {
        return folder.types().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + folder.reports()));
    }

    private PluginReport report(String file) {
        return folder.reports().stream()
                .filter(report -> report.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private String problem(String file) {
        return report(file).problem().orElseThrow(() -> new AssertionError(file + " has no problem"));
    }
}
