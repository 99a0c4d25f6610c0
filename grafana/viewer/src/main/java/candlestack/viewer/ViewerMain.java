package candlestack.viewer;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.viewer.files.DashboardFiles;
import candlestack.viewer.files.DataSource;
import candlestack.viewer.files.DataSourceFiles;
import candlestack.viewer.query.CassandraEngine;
import candlestack.viewer.query.InfluxEngine;
import candlestack.viewer.query.JsonEngine;
import candlestack.viewer.query.Limits;
import candlestack.viewer.query.PostgresEngine;
import candlestack.viewer.query.QueryEngine;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Serves the dashboards at {@code grafana.port}. Environment: {@code CANDLESTACK_CONFIG} is the configuration file,
 * {@code CANDLESTACK_GRAFANA} the folder with provisioning/ and dashboards/, by default grafana.
 */
public final class ViewerMain {
    private static final String POSTGRES_USER = "grafana";

    private ViewerMain() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        try {
            Settings settings = Settings.load(
                    Path.of(environment.getOrDefault("CANDLESTACK_CONFIG", "candlestack.yaml")), environment);
            serve(settings, Path.of(environment.getOrDefault("CANDLESTACK_GRAFANA", "grafana")));
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(Settings settings, Path grafana) {
        List<DataSource> dataSources = DataSourceFiles.read(grafana);
        Map<String, QueryEngine> engines = engines(settings, dataSources);
        ViewerServer server = new ViewerServer(
                settings.get(Keys.GRAFANA_PORT),
                new DashboardFiles(grafana.resolve("dashboards"), System::nanoTime),
                dataSources,
                engines);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, engines), "stop"));
        System.out.println("ready " + server.url());
    }

    private static Map<String, QueryEngine> engines(Settings settings, List<DataSource> dataSources) {
        Secrets secrets = new Secrets(settings.secretsDirectory());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        QueryEngine influx = new InfluxEngine(
                client,
                settings.influxdbUrl(),
                settings.get(Keys.INFLUXDB_ORG),
                defaultBucket(dataSources),
                () -> secrets.find(Secrets.INFLUXDB_READER),
                Limits.DEFAULT);
        QueryEngine postgres = new PostgresEngine(
                settings.postgresUrl(), POSTGRES_USER, () -> secrets.find(Secrets.POSTGRES_READER), Limits.DEFAULT);
        QueryEngine json = new JsonEngine(client, "http://127.0.0.1:" + settings.get(Keys.STATUS_PORT), Limits.DEFAULT);
        QueryEngine cassandra = new CassandraEngine(
                new CassandraSessions(settings),
                settings.cassandraContactPoints(),
                () -> secrets.find(CassandraRole.READER.secret()),
                Limits.DEFAULT);
        return Map.of(
                "influxdb", influx,
                "grafana-postgresql-datasource", postgres,
                "hadesarchitect-cassandra-datasource", cassandra,
                "yesoreyeram-infinity-datasource", json);
    }

    private static String defaultBucket(List<DataSource> dataSources) {
        return dataSources.stream()
                .filter(dataSource -> dataSource.type().equals("influxdb"))
                .map(DataSource::defaultBucket)
                .findFirst()
                .orElse("");
    }

    /** A stopped service has ended well: 0, not the 143 of a signal. */
    private static void stop(ViewerServer server, Map<String, QueryEngine> engines) {
        server.close();
        engines.values().forEach(QueryEngine::close);
        Runtime.getRuntime().halt(0);
    }
}
