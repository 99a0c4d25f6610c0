package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePlansTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatIsGoneIsAProblemAndNoReasonToStartTheDefaultSources() throws Exception {
        SourcePlans plans = plans("sources:\n  only:\n    type: market\n");
        Files.delete(file());

        plans.reload();

        assertThat(plans.overview().configuration().count()).isEqualTo(2);
        assertThat(plans.overview().configuration().problems())
                .containsExactly("Cannot read " + file() + ": it is not there");
        assertThat(names(plans)).containsExactly("only");

        Files.writeString(file(), "sources:\n  other:\n    type: market\n");
        plans.reload();

        assertThat(plans.overview().configuration().problems()).isEmpty();
        assertThat(names(plans)).containsExactly("other");
    }

    @Test
    void aFileThatCannotBeReadIsAProblemToo() throws Exception {
        SourcePlans plans = plans("sources:\n  only:\n    type: market\n");
        Files.delete(file());
        Files.createDirectory(file());

        plans.reload();

        assertThat(plans.overview().configuration().count()).isEqualTo(2);
        assertThat(plans.overview().configuration().problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem).startsWith("Cannot read " + file() + ": java.io.IOException"));
        assertThat(names(plans)).containsExactly("only");
    }

    private SourcePlans plans(String yaml) throws Exception {
        Files.writeString(file(), yaml);
        Map<String, String> environment = Map.of(
                "CANDLESTACK_CONFIG",
                file().toString(),
                "CANDLESTACK_HOME",
                folder.resolve("home").toString());
        return SourcePlans.of(
                environment, Settings.load(file(), environment), Clock.systemUTC(), folder.resolve("copies"));
    }

    private Path file() {
        return folder.resolve("candlestack.yaml");
    }

    private static List<String> names(SourcePlans plans) {
        return plans.plans().stream().map(Plan::name).toList();
    }
}
