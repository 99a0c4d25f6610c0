package candlestack.analytics.sinks.influxdb;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.delivery.StoreException.Kind;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import com.influxdb.LogLevel;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;

/**
 * Writes and deletes points through InfluxDB's own client, a few requests at a time. The client's blocking calls are
 * used because its batching one drops points under pressure. For one calling thread; {@link #close} for any.
 */
final class InfluxWriter implements AutoCloseable {
    private static final int PARALLEL = 3;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final String url;
    private final String organization;
    private final Secrets secrets;
    private final ExecutorService requests;
    private final List<Future<?>> running = new ArrayList<>();
    private volatile InfluxDBClient client;

    InfluxWriter(String name, Settings settings) {
        this.url = settings.influxdbUrl();
        this.organization = settings.get(Keys.INFLUXDB_ORG);
        this.secrets = new Secrets(settings.secretsDirectory());
        this.requests = Executors.newFixedThreadPool(PARALLEL, task -> {
            Thread thread = new Thread(task, requireNonNull(name, "name is null") + "-request");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to write lines with timestamps in nanoseconds; {@link #finish} tells how that went. */
    void write(String bucket, String lines) throws StoreException {
        InfluxDBClient connected = connected();
        running.add(requests.submit(
                () -> connected.getWriteApiBlocking().writeRecord(bucket, organization, WritePrecision.NS, lines)));
    }

    /** Begins to delete what has exactly this time, to the microsecond, and matches the predicate. */
    void delete(String bucket, Instant time, String predicate) throws StoreException {
        InfluxDBClient connected = connected();
        OffsetDateTime start = time.atOffset(ZoneOffset.UTC);
        // Whether the end belongs to the range differs between servers: the next microsecond holds nothing of ours.
        running.add(requests.submit(
                () -> connected.getDeleteApi().delete(start, start.plusNanos(1000), predicate, bucket, organization)));
    }

    /** Waits for all that was begun. */
    void finish() throws StoreException, InterruptedException {
        StoreException first = null;
        for (Future<?> request : running) {
            try {
                request.get();
            } catch (ExecutionException e) {
                first = first == null ? storeException(e.getCause()) : first;
            }
        }
        running.clear();
        if (first != null) {
            throw first;
        }
    }

    /** Forgets what was begun before the caller failed; it may still be written, and will be again. */
    void abandon() {
        running.forEach(request -> request.cancel(true));
        running.clear();
    }

    @Override
    public void close() {
        requests.shutdownNow();
        disconnect();
    }

    private InfluxDBClient connected() throws StoreException {
        if (client == null) {
            client = connect();
        }
        return client;
    }

    private InfluxDBClient connect() throws StoreException {
        String token = secrets.find(Secrets.INFLUXDB_WRITER)
                .orElseThrow(() -> new StoreException(
                        Kind.MISCONFIGURED,
                        "no secret '" + Secrets.INFLUXDB_WRITER + "' yet: the set-up step makes it",
                        null));
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(ANSWER)
                .writeTimeout(ANSWER);
        return InfluxDBClientFactory.create(InfluxDBClientOptions.builder()
                .url(url)
                .org(organization)
                .authenticateToken(token.toCharArray())
                .logLevel(LogLevel.NONE)
                .okHttpClient(http)
                .build());
    }

    private void disconnect() {
        InfluxDBClient connected = client;
        client = null;
        if (connected != null) {
            connected.close();
        }
    }

    private StoreException storeException(Throwable cause) {
        if (!(cause instanceof InfluxException influx)) {
            throw new IllegalStateException("Cannot write to InfluxDB: " + cause, cause);
        }
        Kind kind = kind(influx);
        if (kind == Kind.MISCONFIGURED) {
            // The next try reads the token anew: the set-up may have made another one.
            disconnect();
        }
        return new StoreException(kind, "InfluxDB at " + url + ": " + influx.getMessage(), influx);
    }

    private static Kind kind(InfluxException e) {
        return switch (e.status()) {
            case 0 -> Kind.UNREACHABLE;
            case 400, 413, 422 -> Kind.REFUSED;
            case 401, 403, 404 -> Kind.MISCONFIGURED;
            default -> Kind.BUSY;
        };
    }
}
