package candlestack.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    @TempDir
    Path folder;

    private final List<Child> children = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        Termination.end(children.stream().map(Child::handle).toList(), Duration.ZERO);
    }

    @Test
    void isReadyWhenItSaysSoAndItsWordsAreInTheLog() throws Exception {
        Child child = shell("echo starting; echo ready 1234; exec sleep 60");

        assertThat(child.awaitReady(10_000)).isTrue();
        assertThat(folder.resolve("child.log")).hasContent("starting\nready 1234");
    }

    @Test
    void aChildThatEndsBeforeItIsReadyLeavesItsCodeAndItsLastWords() throws Exception {
        Child child = shell("echo no disk space; echo on >&2; exit 7");

        assertThat(child.awaitReady(10_000)).isFalse();
        assertThat(child.awaitExit()).isEqualTo(7);
        assertThat(child.tail()).containsExactlyInAnyOrder("no disk space", "on");
    }

    @Test
    void isAskedBeforeItIsKilled() throws Exception {
        Child polite = shell("trap 'echo asked; exit 0' TERM INT; echo ready; while :; do sleep 0.05; done");
        Child deaf = shell("trap '' TERM INT; echo ready; while :; do sleep 0.05; done");
        assertThat(polite.awaitReady(10_000) && deaf.awaitReady(10_000)).isTrue();

        boolean nobodyKilled = Termination.end(List.of(polite.handle(), deaf.handle()), Duration.ofSeconds(1));

        assertThat(nobodyKilled).isFalse();
        assertThat(polite.awaitExit()).isZero();
        assertThat(deaf.awaitExit()).isEqualTo(137);
        assertThat(polite.tail()).contains("asked");
    }

    private Child shell(String script) throws IOException {
        Command command = new Command(List.of("sh", "-c", script), Map.of(), folder);
        Path log = folder.resolve(children.isEmpty() ? "child.log" : "child" + children.size() + ".log");
        Child child = Child.start(command, log, line -> line.startsWith("ready"));
        children.add(child);
        return child;
    }
}
