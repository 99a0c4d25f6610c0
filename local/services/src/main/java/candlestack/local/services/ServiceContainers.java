package candlestack.local.services;

import candlestack.config.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The services of docker-compose.yml. */
final class ServiceContainers {
    private ServiceContainers() {}

    static TestService kafka() {
        ComposeContainer container = ComposeContainer.of("kafka", 9092, "CANDLESTACK_KAFKA_PORT");
        return container.started(Map.of("kafka.url", container.address()));
    }

    static TestService influxdb() {
        ComposeContainer container = ComposeContainer.of("influxdb", 8086, "CANDLESTACK_INFLUXDB_PORT");
        return container.started(Map.of("influxdb.url", "http://" + container.address()));
    }

    static TestService postgres(Path home) {
        ComposeContainer container = ComposeContainer.of("postgres", 5432, "CANDLESTACK_POSTGRES_PORT");
        container.knows(secrets(home), List.of(Secrets.POSTGRES_SUPERUSER));
        return container.started(Map.of("postgres.url", "jdbc:postgresql://" + container.address() + "/candlestack"));
    }

    static TestService mongodb(Path home) {
        ComposeContainer container = ComposeContainer.of("mongo", 27017, "CANDLESTACK_MONGODB_PORT");
        container.knows(secrets(home), List.of(Secrets.MONGODB_OWNER));
        return container.started(Map.of("mongodb.url", "mongodb://" + container.address()));
    }

    static TestService cassandra(Path home) {
        ComposeContainer container = ComposeContainer.of("cassandra", 9042, "CANDLESTACK_CASSANDRA_PORT");
        container.knows(secrets(home), List.of(Secrets.CASSANDRA_SUPERUSER));
        return container.started(Map.of("cassandra.url", container.address()));
    }

    private static Secrets secrets(Path home) {
        return new Secrets(home.resolve("secrets"));
    }
}
