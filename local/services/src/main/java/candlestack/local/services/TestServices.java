package candlestack.local.services;

import candlestack.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a test gets its broker and its stores. They are the embedded ones of {@code ./candlestack up}; with the system
 * property {@code candlestack.test.services=containers}, which the Maven profile {@code containers} sets, they are the
 * images of docker-compose.yml, started as it says. A test class that asks here is marked {@link ServiceTest}.
 *
 * <p>Each is new and empty. What it keeps on this machine, and the secrets that it is logged in to with, are below the
 * home that the test gives: several services of one test share it. The caller closes what it starts.
 */
public final class TestServices {
    private TestServices() {}

    /** A broker without topics, which makes none by itself. */
    public static TestService kafka(Path home) {
        return containers() ? ServiceContainers.kafka() : EmbeddedServices.kafka(home);
    }

    /** An InfluxDB that nobody has set up. */
    public static TestService influxdb(Path home) {
        return containers() ? ServiceContainers.influxdb() : EmbeddedServices.influxdb(home);
    }

    /** A PostgreSQL with a superuser, whose password is among the secrets, and nothing of ours. */
    public static TestService postgres(Path home) {
        return containers() ? ServiceContainers.postgres(home) : EmbeddedServices.postgres(home);
    }

    /** A MongoDB; where it knows logins, with an owner, whose password is among the secrets. */
    public static TestService mongodb(Path home) {
        return containers() ? ServiceContainers.mongodb(home) : EmbeddedServices.mongodb(home);
    }

    /** A Cassandra of one node with a superuser, whose password is among the secrets. */
    public static TestService cassandra(Path home) {
        return containers() ? ServiceContainers.cassandra(home) : EmbeddedServices.cassandra(home);
    }

    /** Settings that lead to services of the home, and say some things more. */
    public static Settings settings(Path home, Map<String, String> more, TestService... services) {
        Map<String, String> overrides = new LinkedHashMap<>(more);
        overrides.put("home", home.toString());
        for (TestService service : services) {
            overrides.putAll(service.settings());
        }
        return Settings.load(home.resolve("none.yaml"), Map.of(), overrides);
    }

    /** Whether they are containers. */
    static boolean containers() {
        String wanted = System.getProperty("candlestack.test.services", "embedded");
        return switch (wanted) {
            case "embedded" -> false;
            case "containers" -> true;
            default ->
                throw new IllegalArgumentException(
                        "Invalid candlestack.test.services: '" + wanted + "', expected embedded or containers");
        };
    }
}
