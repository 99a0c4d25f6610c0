package candlestack.influxdb.http;

import static java.util.Objects.requireNonNull;

import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.store.Store;
import candlestack.influxdb.store.StoreOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The store with its HTTP server, on this machine's loopback address only. */
public final class ApiServer implements AutoCloseable {
    private static final int THREADS = 64;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final long IDLE_MILLIS = 120_000;
    /** When stopping, connections of clients that only keep them for later are not waited for. */
    private static final long SHUTDOWN_IDLE_MILLIS = 100;

    private final Store store;
    private final Server server;
    private final ServerConnector connector;

    private ApiServer(Store store, Server server, ServerConnector connector) {
        this.store = store;
        this.server = server;
        this.connector = connector;
    }

    /**
     * Opens the store in a folder and answers requests.
     *
     * @param port 0 for any that is free
     * @throws BindException if the port is taken
     * @throws java.io.UncheckedIOException if the folder cannot be used
     */
    public static ApiServer start(Path directory, int port, StoreOptions options, Limits limits, Clock clock)
            throws IOException {
        requireNonNull(limits, "limits is null");
        Server server = new Server(new QueuedThreadPool(THREADS, 4));
        ServerConnector connector = connector(server, port);
        open(connector); // before the store, so that a taken port changes nothing
        try {
            Folders.create(directory);
            Catalog catalog = Catalog.open(directory.resolve("catalog.json"), clock);
            Store store = Store.open(
                    directory,
                    options,
                    catalog.buckets().stream().map(Bucket::spec).toList());
            server.setHandler(new ApiHandler(router(catalog, store, limits, clock), catalog, new BodyReader(limits)));
            return started(new ApiServer(store, server, connector));
        } catch (IOException | RuntimeException e) {
            connector.close();
            throw e;
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public Store store() {
        return store;
    }

    /** Stops answering, lets running requests end, then closes the store. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // Jetty declares no more than this
            throw new IllegalStateException("Cannot stop the HTTP server: " + e.getMessage(), e);
        } finally {
            store.close();
        }
    }

    /** Jetty hides why it cannot listen in the cause. */
    private static void open(ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            throw e.getCause() instanceof BindException taken ? taken : e;
        }
    }

    private static ApiServer started(ApiServer api) throws IOException {
        try {
            api.server.start();
            return api;
        } catch (Exception e) { // Jetty declares no more than this
            api.store.close();
            throw new IOException("Cannot start the HTTP server: " + e.getMessage(), e);
        }
    }

    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        connector.setReuseAddress(true);
        server.addConnector(connector);
        server.setStopTimeout(5_000);
        return connector;
    }

    private static Router router(Catalog catalog, Store store, Limits limits, Clock clock) {
        Views views = new Views(catalog);
        Targets targets = new Targets(catalog);
        Router router = new Router();
        new StatusEndpoint(clock).addTo(router);
        new SetupEndpoint(catalog, store, views).addTo(router);
        new WriteEndpoint(store, targets, clock).addTo(router);
        new QueryEndpoint(catalog, store, targets, limits, clock).addTo(router);
        new DeleteEndpoint(store, targets).addTo(router);
        BucketAccess access = new BucketAccess(catalog);
        new BucketsEndpoint(catalog, access, store, views).addTo(router);
        new BucketRelationsEndpoint(catalog, access, views).addTo(router);
        new LabelsEndpoint(catalog, views).addTo(router);
        new OrganizationsEndpoint(catalog, store, views).addTo(router);
        new AuthorizationsEndpoint(catalog, views).addTo(router);
        new UsersEndpoint(catalog, views).addTo(router);
        return router;
    }
}
