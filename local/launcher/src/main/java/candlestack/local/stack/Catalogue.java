package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.config.Key;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.Installation;
import candlestack.local.postgres.PostgresServer;
import candlestack.local.process.Port;
import candlestack.setup.SetupStep;
import candlestack.setup.SetupSteps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the stack is made of. A service whose url is set is somebody else's: it is set up, but not started. */
public final class Catalogue {
    private static final Duration SETUP_PATIENCE = Duration.ofMinutes(1);

    private final Installation installation;

    public Catalogue(Installation installation) {
        this.installation = requireNonNull(installation, "installation is null");
    }

    /** All parts of this configuration, in the order in which people think of them. */
    public List<Component> components() {
        List<Component> components = new ArrayList<>();
        if (embedded(Keys.KAFKA_URL)) {
            components.add(kafka());
        }
        components.add(step("topics", "kafka", SetupSteps::kafka));
        if (embedded(Keys.INFLUXDB_URL)) {
            components.add(influxdb());
        }
        components.add(step("buckets", "influxdb", SetupSteps::influxdb));
        if (embedded(Keys.POSTGRES_URL)) {
            components.add(postgres());
        }
        components.add(step("tables", "postgres", SetupSteps::postgres));
        return components;
    }

    private Step step(String name, String service, Function<Settings, SetupStep> step) {
        return new Step(
                name, Set.of(service), () -> step.apply(installation.settings()).run(SETUP_PATIENCE));
    }

    private Service kafka() {
        Port port = port(Keys.KAFKA_PORT);
        return new JvmService(
                        "kafka",
                        Set.of(),
                        Set.of(),
                        List.of(port),
                        installation.settings().kafkaBootstrap(),
                        "local/kafka",
                        "candlestack.local.kafka.KafkaMain",
                        List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC"))
                .in(installation);
    }

    private Service influxdb() {
        return new JvmService(
                        "influxdb",
                        Set.of(),
                        Set.of(),
                        List.of(port(Keys.INFLUXDB_PORT)),
                        installation.settings().influxdbUrl(),
                        "influxdb/embedded",
                        "candlestack.influxdb.InfluxServer",
                        List.of("-Xms64m", "-Xmx640m", "-XX:+UseSerialGC"))
                .in(installation);
    }

    private Service postgres() {
        Port port = port(Keys.POSTGRES_PORT);
        return new Service(
                "postgres",
                Set.of(),
                Set.of(),
                List.of(port),
                "127.0.0.1:" + port.number(),
                () -> postgresServer(port).prepare(),
                line -> line.contains(PostgresServer.READY));
    }

    private PostgresServer postgresServer(Port port) throws IOException {
        String password = installation.secrets().findOrGenerate(Secrets.POSTGRES_SUPERUSER);
        return new PostgresServer(installation.home(), port.number(), password);
    }

    private boolean embedded(Key<Optional<String>> url) {
        return installation.settings().get(url).isEmpty();
    }

    private Port port(Key<Integer> key) {
        return new Port(installation.settings().get(key), key.name());
    }
}
