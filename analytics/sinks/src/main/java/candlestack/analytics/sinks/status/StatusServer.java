package candlestack.analytics.sinks.status;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the JSON pages for the dashboards. */
public final class StatusServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusServer.class);
    private static final int MOST_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;

    /**
     * @param host the interface to listen on
     * @param port 0 for any that is free
     * @param pages by path
     */
    public StatusServer(String host, int port, Map<String, JsonPage> pages) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1);
        threads.setName("status");
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(requireNonNull(host, "host is null"));
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new JsonHandler(pages));
        // Idle connections of dashboards would be waited for, and no answer takes long.
        server.setStopTimeout(0);
    }

    /** @throws UncheckedIOException naming the port if it is taken */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot listen on " + connector.getHost() + ":" + connector.getPort() + ", see status.port: "
                            + e.getMessage(),
                    e);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start the status endpoint", e);
        }
    }

    /** Where it listens. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("Cannot stop the status endpoint", e);
        }
    }
}
