package candlestack.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.local.process.Command;
import candlestack.local.process.PidFiles;
import candlestack.local.process.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String HOLD = "exec sleep 60";

    @TempDir
    Path folder;

    private PidFiles pidFiles;
    private Supervisor supervisor;

    @BeforeEach
    void makeRunFolder() {
        pidFiles = new PidFiles(folder.resolve("run"));
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        supervisor.stop();
    }

    @Test
    void eachPartStartsWhenWhatItNeedsIsReady() throws Exception {
        supervise(
                service("reader", Set.of("topics"), says("reader") + HOLD),
                new Step("topics", Set.of("store", "elsewhere"), () -> note("topics")),
                service("store", Set.of(), says("store") + HOLD));

        assertThat(supervisor.start(LIMIT)).isEmpty();

        assertThat(notes()).containsExactly("store", "topics", "reader");
    }

    @Test
    void partsStopAgainstTheDirectionOfTheirUsesAndNoneIsLeft() throws Exception {
        supervise(
                service("store", Set.of(), trapping("store")),
                service("writer", Set.of("store"), trapping("writer")),
                service("reader", Set.of("writer"), trapping("reader")));
        assertThat(supervisor.start(LIMIT)).isEmpty();
        Map<String, ProcessHandle> running = pidFiles.findAll();
        assertThat(running).hasSize(3);

        supervisor.stop();

        assertThat(notes()).containsExactly("reader", "writer", "store");
        assertThat(running.values()).noneMatch(ProcessHandle::isAlive);
        assertThat(pidFiles.findAll()).isEmpty();
        assertThat(supervisor.board().conditions().values()).allMatch(condition -> condition.phase() == Phase.STOPPED);
    }

    @Test
    void aProcessThatDiesIsStartedAgainAndCounted() throws Exception {
        supervise(service("store", Set.of(), says("started") + HOLD));
        assertThat(supervisor.start(LIMIT)).isEmpty();
        ProcessHandle first = pidFiles.find("store").orElseThrow();

        first.destroyForcibly();

        await().atMost(LIMIT)
                .until(() ->
                        condition("store").restarts() == 1 && condition("store").phase() == Phase.READY);
        assertThat(pidFiles.find("store")).get().isNotEqualTo(first);
        assertThat(notes()).containsExactly("started", "started");
    }

    @Test
    void aRefusedConfigurationIsNotTriedAgain() throws Exception {
        supervise(service("store", Set.of(), "echo tried >> notes; echo Invalid store.port; exit 2"));

        assertThat(supervisor.start(LIMIT)).contains("store");

        assertThat(condition("store").detail()).isEqualTo("refused its configuration");
        assertThat(supervisor.tail("store")).containsExactly("Invalid store.port");
        assertThat(notes()).containsExactly("tried");
    }

    @Test
    void aProcessThatIsNeverReadyFailsTheStartAfterFourAttempts() throws Exception {
        supervise(service("store", Set.of(), "echo tried >> notes; exit 1"), service("other", Set.of("store"), HOLD));

        assertThat(supervisor.start(LIMIT)).contains("store");

        assertThat(condition("store").detail()).isEqualTo("ended with exit code 1 (4 attempts)");
        assertThat(notes()).hasSize(4);
        assertThat(condition("other").phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void aStepThatFailsFailsTheStartWithItsReason() throws Exception {
        supervise(new Step("topics", Set.of(), () -> {
            throw new IOException("Cannot reach Kafka");
        }));

        assertThat(supervisor.start(LIMIT)).contains("topics");

        assertThat(condition("topics").detail()).isEqualTo("Cannot reach Kafka");
    }

    @Test
    void whatIsInTheBackgroundNeitherDelaysTheStartNorFailsItAndIsTriedUntilItSucceeds() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch allowed = new CountDownLatch(1);
        Step schema = new Step(
                "schema",
                Set.of(),
                () -> {
                    allowed.await();
                    if (tries.incrementAndGet() == 1) {
                        throw new IOException("Cannot reach Cassandra");
                    }
                },
                Urgency.IN_BACKGROUND);
        Command refusing = new Command(List.of("sh", "-c", "exit 2"), Map.of(), folder);
        Service broken = new Service(
                "broken", Set.of(), Set.of(), List.of(), "", () -> refusing, line -> false, Urgency.IN_BACKGROUND);
        supervise(schema, broken, service("store", Set.of(), says("store") + HOLD));

        assertThat(supervisor.start(LIMIT)).isEmpty();

        assertThat(condition("schema").phase()).isEqualTo(Phase.STARTING);
        allowed.countDown();
        await().atMost(LIMIT).until(() -> condition("schema").phase() == Phase.READY);
        assertThat(tries).hasValue(2);
        await().atMost(LIMIT).until(() -> condition("broken").phase() == Phase.FAILED);
    }

    private void supervise(Component... components) {
        supervisor = new Supervisor(List.of(components), folder, pidFiles, InstantSource.system());
    }

    private Condition condition(String name) {
        return supervisor.board().conditions().get(name);
    }

    private Service service(String name, Set<String> needs, String script) {
        Command command = new Command(List.of("sh", "-c", script), Map.of(), folder);
        List<Port> none = List.of();
        return new Service(name, needs, needs, none, "", () -> command, line -> line.startsWith("ready"));
    }

    private static String says(String note) {
        return "echo " + note + " >> notes; echo ready; ";
    }

    private static String trapping(String name) {
        return "trap 'echo " + name + " >> notes; exit 0' TERM INT; echo ready; while :; do sleep 0.05; done";
    }

    private void note(String note) throws IOException {
        Files.writeString(
                folder.resolve("notes"),
                note + "\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }

    private List<String> notes() throws IOException {
        return Files.readAllLines(folder.resolve("notes"));
    }
}
