package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.config.Key;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.config.Suggestions;
import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.postgres.PostgresServer;
import candlestack.local.process.Port;
import candlestack.setup.SetupStep;
import candlestack.setup.SetupSteps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the stack is made of. A service whose url is set is somebody else's: it is set up, but not started. */
public final class Catalogue {
    private static final String ANALYTICS = "analytics/job";
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
        if (installation.settings().wantsUserStores()) {
            addUserStores(components);
        }
        components.add(analytics());
        components.add(sinks());
        components.add(ingest());
        if (embedded(Keys.GRAFANA_URL)) {
            components.add(viewer());
        }
        return components;
    }

    /** The heaviest part of a start comes last, and whoever looks at the market does not wait for it. */
    private void addUserStores(List<Component> components) {
        if (embedded(Keys.MONGODB_URL)) {
            components.add(mongodb());
        }
        components.add(backgroundStep("collections", "mongodb", SetupSteps::mongodb));
        if (embedded(Keys.CASSANDRA_URL)) {
            components.add(cassandra());
        }
        components.add(backgroundStep("keyspace", "cassandra", SetupSteps::cassandra));
    }

    /**
     * Some of the parts, by their services' names; the set-up of a service comes with it. All parts for an empty list.
     *
     * @throws LauncherException naming a part that does not exist, and those that do
     */
    public List<Component> components(Collection<String> names) {
        List<Component> all = components();
        Set<String> known = all.stream()
                .filter(Service.class::isInstance)
                .map(Component::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String name : names) {
            if (!known.contains(name)) {
                throw LauncherException.usage("Cannot start '" + name + "': it is no part of the stack"
                        + Suggestions.hint(name, known) + "; the parts are " + String.join(", ", known));
            }
        }
        return all.stream()
                .filter(component -> names.isEmpty() || isSelected(component, names))
                .toList();
    }

    private static boolean isSelected(Component component, Collection<String> names) {
        return component instanceof Step ? names.containsAll(component.needs()) : names.contains(component.name());
    }

    private Step step(String name, String service, Function<Settings, SetupStep> step) {
        return new Step(
                name, Set.of(service), () -> step.apply(installation.settings()).run(SETUP_PATIENCE));
    }

    private Step backgroundStep(String name, String service, Function<Settings, SetupStep> step) {
        Step awaited = step(name, service, step);
        return new Step(name, awaited.needs(), awaited.work(), Urgency.IN_BACKGROUND);
    }

    private Service kafka() {
        return service("kafka", "local/kafka", "candlestack.local.kafka.KafkaMain")
                .listensOn(port(Keys.KAFKA_PORT), installation.settings().kafkaBootstrap())
                .options("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC")
                .build();
    }

    private Service influxdb() {
        return service("influxdb", "influxdb/embedded", "candlestack.influxdb.InfluxServer")
                .listensOn(port(Keys.INFLUXDB_PORT), installation.settings().influxdbUrl())
                .options("-Xms64m", "-Xmx640m", "-XX:+UseSerialGC")
                .build();
    }

    private Service mongodb() {
        return service("mongodb", "local/mongodb", "candlestack.local.mongodb.MongoMain")
                .listensOn(port(Keys.MONGODB_PORT), installation.settings().mongodbUrl())
                .startsAfter("analytics")
                .inBackground()
                .options("-Xms32m", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .build();
    }

    private Service cassandra() {
        String module = "local/cassandra";
        return service("cassandra", module, "candlestack.local.cassandra.CassandraMain")
                .listensOn(port(Keys.CASSANDRA_PORT), installation.settings().cassandraContactPoints())
                .startsAfter("analytics")
                .inBackground()
                .options("@" + installation.root().resolve(module).resolve("jvm.options"))
                .build();
    }

    /** Starts at once: a Spark session takes longer than everything else, and the job waits for its topics itself. */
    private Service analytics() {
        return service("analytics", ANALYTICS, "candlestack.analytics.job.AnalyticsMain")
                .uses("kafka")
                .options("-Xms256m", "-Xmx1g", "-XX:+UseParallelGC")
                .options(SparkOptions.OPENED)
                .archived()
                .build();
    }

    /** Lets Spark run for a few seconds, so that the classes it needs are ready for the first start. */
    public static JvmService rehearsal(Installation installation) {
        return new JvmService(installation, "rehearsal", ANALYTICS, "candlestack.analytics.job.Rehearsal")
                .options("-Xms256m", "-Xmx1g", "-XX:+UseParallelGC")
                .options(SparkOptions.OPENED)
                .archives();
    }

    private Service sinks() {
        return service("sinks", "analytics/sinks", "candlestack.analytics.sinks.SinksMain")
                .listensOn(port(Keys.STATUS_PORT), "")
                .needs("topics", "buckets", "tables")
                .uses("kafka", "influxdb", "postgres", "mongodb", "cassandra")
                .options("-Xms64m", "-Xmx384m", "-XX:+UseSerialGC")
                .build();
    }

    private Service ingest() {
        return service("ingest", "ingest/runner", "candlestack.ingest.runner.IngestMain")
                .needs("topics")
                .uses("kafka")
                .options("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC")
                .build();
    }

    private Service viewer() {
        Port port = port(Keys.GRAFANA_PORT);
        return service("viewer", "grafana/viewer", "candlestack.viewer.ViewerMain")
                .listensOn(port, "http://127.0.0.1:" + port.number())
                .uses("influxdb", "postgres", "cassandra", "sinks")
                .options("-Xms32m", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .build();
    }

    private JvmService service(String name, String module, String mainClass) {
        return new JvmService(installation, name, module, mainClass);
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
