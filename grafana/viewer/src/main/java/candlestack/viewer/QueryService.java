package candlestack.viewer;

import static java.util.Objects.requireNonNull;

import candlestack.viewer.files.Dashboard;
import candlestack.viewer.files.DashboardFiles;
import candlestack.viewer.files.DataSource;
import candlestack.viewer.query.Cancellation;
import candlestack.viewer.query.Frame;
import candlestack.viewer.query.Language;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.query.QueryException;
import candlestack.viewer.query.Scope;
import candlestack.viewer.query.Variables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the targets that the files contain, a bounded number at a time. Thread-safe. */
final class QueryService {
    private static final Logger log = LoggerFactory.getLogger(QueryService.class);
    private static final int CONCURRENT = 8;
    private static final int WAIT_SECONDS = 10;

    private final DashboardFiles files;
    private final Map<String, DataSource> dataSources;
    private final Map<String, QueryEngine> engines;
    private final RunningQueries running = new RunningQueries();
    private final Semaphore places = new Semaphore(CONCURRENT, true);

    /** @param engines by the type of the data source */
    QueryService(DashboardFiles files, List<DataSource> dataSources, Map<String, QueryEngine> engines) {
        this.files = requireNonNull(files, "files is null");
        this.dataSources = new LinkedHashMap<>();
        dataSources.forEach(dataSource -> this.dataSources.put(dataSource.uid(), dataSource));
        this.engines = Map.copyOf(engines);
    }

    /**
     * The answer of each target by its refId: its frames or what went wrong.
     *
     * @throws QueryException when the request itself is wrong
     */
    Map<String, QueryResult> run(PanelRequest request) {
        Dashboard dashboard = files.find(request.dashboard())
                .orElseThrow(() -> new QueryException("Cannot find dashboard '" + request.dashboard() + "'"));
        Variables variables = DashboardVariables.resolve(dashboard, request.variables(), request.range());
        Map<String, QueryResult> results = new LinkedHashMap<>();
        for (ObjectNode target : Targets.of(dashboard, request)) {
            String refId = target.path("refId").asText();
            results.put(refId, runTarget(target, request, variables));
        }
        return results;
    }

    /** Gives up what a page that is gone has asked for. */
    void cancel(String clientPrefix) {
        running.cancel(clientPrefix);
    }

    private QueryResult runTarget(ObjectNode target, PanelRequest request, Variables variables) {
        long start = System.nanoTime();
        String client = request.client() + "/" + target.path("refId").asText();
        Cancellation cancellation = running.start(client);
        boolean admitted = false;
        try {
            admitted = places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
            if (!admitted) {
                return QueryResult.error("Too many queries at once: nothing was free within " + WAIT_SECONDS + " s");
            }
            return new QueryResult(answer(target, request, variables, cancellation), "", elapsedMillis(start));
        } catch (QueryException e) {
            log.debug("{} {}", client, e.getMessage());
            return QueryResult.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return QueryResult.error("The viewer is stopping");
        } catch (RuntimeException e) {
            log.warn("Cannot answer {}", client, e);
            return QueryResult.error("Cannot answer: " + e);
        } finally {
            if (admitted) {
                places.release();
            }
            running.finish(client, cancellation);
        }
    }

    private List<Frame> answer(
            ObjectNode target, PanelRequest request, Variables variables, Cancellation cancellation) {
        DataSource dataSource = dataSource(target);
        QueryEngine engine = engines.get(dataSource.type());
        if (engine == null) {
            throw new QueryException("The viewer cannot query '" + dataSource.name() + "' (" + dataSource.type() + ")");
        }
        String least =
                variables.interpolate(target.path("leastInterval").asText(dataSource.leastInterval()), Language.FLUX);
        return engine.run(target, new Scope(request.range(), request.interval(least), variables), cancellation);
    }

    private DataSource dataSource(JsonNode target) {
        String uid = target.path("datasource").path("uid").asText();
        DataSource dataSource = dataSources.get(uid);
        if (dataSource == null) {
            throw new QueryException("Cannot find data source '" + uid + "' in provisioning/datasources");
        }
        return dataSource;
    }

    private static long elapsedMillis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
