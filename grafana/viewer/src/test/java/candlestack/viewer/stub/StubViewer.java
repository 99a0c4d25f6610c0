package candlestack.viewer.stub;

import candlestack.viewer.ViewerServer;
import candlestack.viewer.files.DashboardFiles;
import candlestack.viewer.files.DataSourceFiles;
import candlestack.viewer.query.QueryEngine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The viewer over the real files with made-up data; its main serves it for work on the page. */
public final class StubViewer implements AutoCloseable {
    public static final Path GRAFANA = Path.of("..").toAbsolutePath().normalize();

    private final StubLog log = new StubLog();
    private final ViewerServer server;

    private StubViewer(int port, Path grafana, Map<String, QueryEngine> replaced) {
        Map<String, QueryEngine> engines = new HashMap<>(Map.of(
                "influxdb", new StubFlux(log),
                "grafana-postgresql-datasource", new StubSql(log, "rawSql"),
                "hadesarchitect-cassandra-datasource", new StubSql(log, "target"),
                "yesoreyeram-infinity-datasource", new StubJson()));
        engines.putAll(replaced);
        server = new ViewerServer(
                port,
                new DashboardFiles(grafana.resolve("dashboards"), System::nanoTime),
                DataSourceFiles.read(GRAFANA),
                engines);
        server.start();
    }

    public static StubViewer start() {
        return new StubViewer(0, GRAFANA, Map.of());
    }

    /** With other dashboards, or with other engines by the type of the data source. */
    public static StubViewer start(Path grafana, Map<String, QueryEngine> engines) {
        return new StubViewer(0, grafana, engines);
    }

    public String url() {
        return server.url();
    }

    public StubLog log() {
        return log;
    }

    @Override
    public void close() {
        server.close();
    }

    public static void main(String[] args) {
        System.out.println("ready " + new StubViewer(Integer.parseInt(args[0]), Path.of(args[1]), Map.of()).url());
    }
}
