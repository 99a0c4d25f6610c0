package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWatchTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicReference<Ingest.Change> change = new AtomicReference<>();

    @Test
    void takesAChangeOfTheFileByItselfWhenToldTo() throws Exception {
        write("before");
        try (SourceWatch watch = watch("watch=true")) {
            watch.start();
            write("after");
            await().atMost(SOON).until(() -> names().equals(List.of("after")));

            Path next = Files.writeString(folder.resolve("next"), yaml("replaced"));
            Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
            await().atMost(SOON).until(() -> names().equals(List.of("replaced")));
        }
        assertThat(asked).isFalse();
    }

    @Test
    void takesItWhenAskedOtherwise() throws Exception {
        write("before");
        try (SourceWatch watch = watch("")) {
            write("after");
            asked.set(true);
            watch.start();

            await().atMost(SOON).until(() -> names().equals(List.of("after")));
        }
        assertThat(asked).isFalse();
    }

    /** @param overrides as the launcher says what its command line did */
    private SourceWatch watch(String overrides) throws Exception {
        Map<String, String> environment = Map.of(
                "CANDLESTACK_CONFIG",
                file().toString(),
                "CANDLESTACK_HOME",
                folder.resolve("home").toString(),
                Settings.OVERRIDES_VARIABLE,
                overrides);
        SourcePlans plans = SourcePlans.of(
                environment, Settings.load(file(), environment), Clock.systemUTC(), folder.resolve("copies"));
        return new SourceWatch(plans, file(), change::set, asked);
    }

    private List<String> names() {
        Ingest.Change last = change.get();
        return last == null ? List.of() : last.plans().stream().map(Plan::name).toList();
    }

    private void write(String source) throws Exception {
        Files.writeString(file(), yaml(source));
    }

    private static String yaml(String source) {
        return "sources:\n  " + source + ":\n    type: market\n";
    }

    private Path file() {
        return folder.resolve("candlestack.yaml");
    }
}
