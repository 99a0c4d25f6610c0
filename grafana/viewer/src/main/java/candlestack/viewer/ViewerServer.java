package candlestack.viewer;

import static java.util.Objects.requireNonNull;

import candlestack.viewer.files.DashboardFiles;
import candlestack.viewer.files.DataSource;
import candlestack.viewer.query.QueryEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The viewer on the loopback interface. {@link #close()} stops its threads; the engines stay their owner's. */
public final class ViewerServer implements AutoCloseable {
    private static final int THREADS = 32;
    private static final int STOP_MILLIS = 3_000;

    private final Server server;
    private final ServerConnector connector;

    /** @param port 0 for any that is free */
    public ViewerServer(
            int port, DashboardFiles files, List<DataSource> dataSources, Map<String, QueryEngine> engines) {
        requireNonNull(files, "files is null");
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("viewer");
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setStopTimeout(STOP_MILLIS);
        server.setHandler(new GuardHandler(new Handler.Sequence(
                new ApiHandler(files, new QueryService(files, dataSources, engines)),
                new PageHandler(echartsVersion()))));
    }

    /** @throws IllegalStateException when the port is taken */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Cannot listen on 127.0.0.1:" + connector.getPort() + " (grafana.port): " + e.getMessage(), e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop the viewer", e);
        }
    }

    /** The webjar says its own version. */
    private static String echartsVersion() {
        try (InputStream found =
                ViewerServer.class.getResourceAsStream("/META-INF/maven/org.webjars/echarts/pom.properties")) {
            Properties properties = new Properties();
            properties.load(requireNonNull(found, "the echarts webjar is not on the class path"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the version of echarts", e);
        }
    }
}
