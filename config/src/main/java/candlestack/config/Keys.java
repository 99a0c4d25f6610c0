package candlestack.config;

import static candlestack.config.Parsers.choices;
import static candlestack.config.Parsers.duration;
import static candlestack.config.Parsers.flag;
import static candlestack.config.Parsers.integer;
import static candlestack.config.Parsers.optionalText;
import static candlestack.config.Parsers.path;
import static candlestack.config.Parsers.port;
import static candlestack.config.Parsers.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Every setting of the stack but those of the sources, which describe themselves.
 *
 * <p>A service with a {@code url} is somebody else's: nothing is started in its place.
 */
public final class Keys {
    private static final List<Key<?>> ALL = new ArrayList<>();

    public static final Key<Path> HOME =
            key("home", "data", "Where all state lives; $CANDLESTACK_HOME overrides it.", path());
    public static final Key<Optional<String>> SECRETS_DIRECTORY = key(
            "secrets.directory",
            "",
            "Folder of the secret files, one value a file; by default 'secrets' in the home.",
            optionalText());
    public static final Key<Optional<String>> SECRETS_HANDOUT = key(
            "secrets.handout",
            "",
            "In containers: folder in which the set-up gives each container a folder with its own secrets.",
            optionalText());

    public static final Key<Integer> KAFKA_PORT = key("kafka.port", "9092", "Port of the embedded broker.", port());
    public static final Key<Optional<String>> KAFKA_URL =
            key("kafka.url", "", "Bootstrap servers of an existing cluster, host:port,...", optionalText());
    public static final Key<Integer> KAFKA_PARTITIONS = key(
            "kafka.partitions", "2", "Partitions of the busy topics, fixed when a topic is made.", integer(1, 1000));
    public static final Key<Integer> KAFKA_REPLICATION =
            key("kafka.replication", "1", "Replicas of every topic.", integer(1, 7));
    public static final Key<Duration> KAFKA_RETENTION = key(
            "kafka.retention",
            "7d",
            "How long topics without personal data keep their records.",
            duration(Duration.ofHours(1), Duration.ofDays(3650)));

    public static final Key<Integer> INFLUXDB_PORT =
            key("influxdb.port", "8086", "Port of the embedded store.", port());
    public static final Key<Optional<String>> INFLUXDB_URL =
            key("influxdb.url", "", "Address of an existing InfluxDB 2, such as http://influxdb:8086.", optionalText());
    public static final Key<String> INFLUXDB_ORG = key("influxdb.org", "candlestack", "Organisation.", text());

    public static final Key<Duration> INFLUXDB_SYNC = key(
            "influxdb.sync",
            "1s",
            "How long the embedded store's log may wait to be forced to the disk: what losing power may cost; 0s for before"
                    + " every acknowledgement.",
            duration(Duration.ZERO, Duration.ofMinutes(1)));

    public static final Key<Integer> POSTGRES_PORT =
            key("postgres.port", "5432", "Port of the embedded server.", port());
    public static final Key<Optional<String>> POSTGRES_URL =
            key("postgres.url", "", "Existing server, such as jdbc:postgresql://db:5432/candlestack.", optionalText());

    public static final Key<Integer> MONGODB_PORT =
            key("mongodb.port", "27017", "Port of the embedded server.", port());
    public static final Key<Optional<String>> MONGODB_URL =
            key("mongodb.url", "", "Existing server, such as mongodb://mongo:27017.", optionalText());

    public static final Key<Integer> CASSANDRA_PORT =
            key("cassandra.port", "9042", "CQL port of the embedded node.", port());
    public static final Key<Optional<String>> CASSANDRA_URL =
            key("cassandra.url", "", "Contact points of an existing cluster, host:port,...", optionalText());

    public static final Key<Integer> CASSANDRA_REPLICATION = key(
            "cassandra.replication",
            "1",
            "Copies of every row in each data centre, fixed when the keyspace is made.",
            integer(1, 7));

    public static final Key<Integer> GRAFANA_PORT = key("grafana.port", "3000", "Port of the viewer.", port());
    public static final Key<Optional<String>> GRAFANA_URL =
            key("grafana.url", "", "Address of an existing Grafana.", optionalText());

    public static final Key<String> ANALYTICS_MASTER =
            key("analytics.master", "local[*]", "Spark master of the analytics job.", text());
    public static final Key<Integer> ANALYTICS_PARTITIONS = key(
            "analytics.partitions",
            "2",
            "State partitions of a streaming query, fixed by its first checkpoint.",
            integer(1, 1000));
    public static final Key<List<String>> ANALYTICS_STREAMS = key(
            "analytics.streams",
            "market,votes,users,devices,series",
            "Which streams are computed.",
            choices("market", "votes", "users", "devices", "series"));
    public static final Key<Integer> ANALYTICS_QUIET_PARTITIONS = key(
            "analytics.quiet-partitions",
            "1",
            "As analytics.partitions, of the streams beside the market, which are small.",
            integer(1, 1000));
    public static final Key<Duration> ANALYTICS_QUIET_TRIGGER = key(
            "analytics.quiet-trigger",
            "1s",
            "As analytics.trigger, of the streams beside the market.",
            duration(Duration.ZERO, Duration.ofHours(1)));
    public static final Key<Duration> ANALYTICS_TRIGGER = key(
            "analytics.trigger",
            "200ms",
            "Shortest time between two micro-batches.",
            duration(Duration.ZERO, Duration.ofHours(1)));
    public static final Key<Duration> ANALYTICS_LATENESS = key(
            "analytics.lateness",
            "60s",
            "How far behind the newest event of its key an event may be and still correct what it belongs to.",
            duration(Duration.ZERO, Duration.ofHours(24)));
    public static final Key<Duration> ANALYTICS_FUTURE = key(
            "analytics.future",
            "60s",
            "How far ahead of the clock an event's time may be before it is a dead letter.",
            duration(Duration.ofSeconds(1), Duration.ofDays(1)));
    public static final Key<Integer> ANALYTICS_MINIMUM_AGE = key(
            "analytics.minimum-age",
            "18",
            "Age in years from which on a user's profile is kept; of younger people nothing is.",
            integer(0, 120));
    public static final Key<Integer> ANALYTICS_BATCH =
            key("analytics.batch", "1000000", "Most events one micro-batch reads.", integer(1000, 100_000_000));
    public static final Key<Optional<String>> ANALYTICS_CHECKPOINTS = key(
            "analytics.checkpoints",
            "",
            "Folder or URL of the checkpoints, shared storage on a cluster; by default 'checkpoints' in the home.",
            optionalText());

    public static final Key<Path> PLUGINS_DIRECTORY = key(
            "plugins.directory",
            "plugins",
            "Folder of the plugins: jars, or folders of jars; relative to this file.",
            path());
    public static final Key<Boolean> PLUGINS_AUTOSTART = key(
            "plugins.autostart",
            "true",
            "Whether a plugin that says so runs as soon as it is there, without an entry under sources.",
            flag());
    public static final Key<Boolean> WATCH = key(
            "watch",
            "false",
            "Whether a change of this file's sources is picked up by itself; './candlestack reload' asks for it.",
            flag());
    public static final Key<Integer> STATUS_PORT =
            key("status.port", "8090", "Port of the read-only JSON endpoint for the dashboards.", port());
    public static final Key<String> STATUS_HOST =
            key("status.host", "127.0.0.1", "Interface that endpoint listens on; in a container 0.0.0.0.", text());
    public static final Key<Duration> RETENTION = key(
            "retention",
            "365d",
            "How long personal data and bars are kept, in every store and topic.",
            duration(Duration.ofDays(1), Duration.ofDays(36_500)));

    private Keys() {}

    public static List<Key<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Key<T> key(String name, String defaultValue, String description, Function<String, T> parser) {
        Key<T> key = new Key<>(name, defaultValue, description, parser);
        ALL.add(key);
        return key;
    }
}
