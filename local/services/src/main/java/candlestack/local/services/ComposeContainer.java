package candlestack.local.services;

import candlestack.config.Secrets;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * One service of docker-compose.yml without the others: its image, environment, command, user and health check, but
 * new volumes, and a free port of the loopback interface, which it keeps when it is killed and started again.
 */
final class ComposeContainer implements TestService {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int STOP_SECONDS = 60;
    /** By itself, or by the very SIGTERM, as JVMs do: 128 and the signal's number. */
    private static final Set<Integer> ENDED_WELL = Set.of(0, 143);

    private final ComposeService service;
    private final int port;
    private final GenericContainer<?> container;
    private Map<String, String> settings = Map.of();

    private ComposeContainer(ComposeService service, String name, int containerPort, int port) {
        this.service = service;
        this.port = port;
        this.container = new GenericContainer<>(DockerImageName.parse(service.image()))
                .withEnv(service.environment())
                .withCreateContainerCmdModifier(command -> shape(command, name))
                .waitingFor(healthy());
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + containerPort));
        service.mountedFiles()
                .forEach((file, place) -> container.withCopyToContainer(
                        MountableFile.forClasspathResource("candlestack/local/services/" + file, 0444), place));
    }

    /** @param portVariable what Compose takes the port of this machine from */
    static ComposeContainer of(String name, int containerPort, String portVariable) {
        int port = freePort();
        ComposeService service = new ComposeService(name, Map.of(portVariable, String.valueOf(port)));
        return new ComposeContainer(service, name, containerPort, port);
    }

    /** Gives it secrets, which are made where they are missing, in the folder where it has its own. */
    void knows(Secrets secrets, List<String> names) {
        for (String name : names) {
            container.withCopyToContainer(
                    Transferable.of(secrets.findOrGenerate(name), 0444), "/run/candlestack/" + name);
        }
    }

    /** Its host and port. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it and returns when it is healthy. */
    TestService started(Map<String, String> settingsToIt) {
        settings = Map.copyOf(settingsToIt);
        container.start();
        return this;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
        awaitEnd();
    }

    @Override
    public void stop() {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
        int code = awaitEnd();
        if (!ENDED_WELL.contains(code)) {
            throw new IllegalStateException(
                    service.image() + " did not end well within " + STOP_SECONDS + " s: its exit code is " + code);
        }
    }

    @Override
    public void start() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        healthy().waitUntilReady(container);
    }

    @Override
    public void close() {
        container.stop();
    }

    /** @return the exit code */
    private int awaitEnd() {
        return container
                .getDockerClient()
                .waitContainerCmd(container.getContainerId())
                .start()
                .awaitStatusCode(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private void shape(CreateContainerCmd command, String name) {
        // The names of the file lead to it from inside, too.
        command.withHostName(name);
        service.user().ifPresent(command::withUser);
        if (!service.entrypoint().isEmpty()) {
            command.withEntrypoint(service.entrypoint());
        }
        if (!service.command().isEmpty()) {
            command.withCmd(service.command());
        }
        command.withHealthcheck(new HealthCheck()
                .withTest(service.healthTest())
                .withInterval(Duration.ofSeconds(2).toNanos())
                .withTimeout(Duration.ofSeconds(15).toNanos())
                .withStartPeriod(PATIENCE.toNanos())
                .withRetries(5));
        HostConfig host = command.getHostConfig();
        host.withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges:true"));
    }

    private static WaitStrategy healthy() {
        return Wait.forHealthcheck().withStartupTimeout(PATIENCE);
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find a free port", e);
        }
    }
}
