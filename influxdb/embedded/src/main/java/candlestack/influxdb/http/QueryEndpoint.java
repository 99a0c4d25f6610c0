package candlestack.influxdb.http;

import candlestack.flux.Flux;
import candlestack.flux.FluxException;
import candlestack.flux.QueryOptions;
import candlestack.flux.csv.CsvWriter;
import candlestack.flux.storage.Storage;
import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Organization;
import candlestack.influxdb.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code POST /api/v2/query}: Flux in, annotated CSV out. */
final class QueryEndpoint {
    /** As influxd has it: a blank line after the last result, nothing where there is none. */
    private static final byte[] END_OF_RESULTS = {'\r', '\n'};

    private final Catalog catalog;
    private final Store store;
    private final Targets targets;
    private final Limits limits;
    private final Clock clock;
    private final Semaphore places;

    QueryEndpoint(Catalog catalog, Store store, Targets targets, Limits limits, Clock clock) {
        this.catalog = catalog;
        this.store = store;
        this.targets = targets;
        this.limits = limits;
        this.clock = clock;
        this.places = new Semaphore(limits.queries(), true);
    }

    void addTo(Router router) {
        router.secured("POST", "/api/v2/query", (exchange, authorization, path) -> query(exchange, authorization));
    }

    private void query(Exchange exchange, Authorization authorization) throws IOException {
        QueryRequest request = QueryRequest.of(exchange);
        Organization organization = targets.organization(exchange, authorization);
        takePlace();
        try {
            run(exchange, request, organization, authorization);
        } finally {
            places.release();
        }
    }

    private void run(Exchange exchange, QueryRequest request, Organization organization, Authorization authorization)
            throws IOException {
        Instant deadline = clock.instant().plus(limits.queryTime());
        Storage storage = new FluxStorage(catalog, store, organization, authorization, () -> checkDeadline(deadline));
        QueryOptions options = new QueryOptions(
                storage,
                request.now().orElseGet(clock::instant),
                organization.name(),
                limits.queryBytes(),
                deadline,
                () -> false);
        AnswerStream answer = new AnswerStream(exchange);
        try {
            execute(request, options, answer);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        answer.end(END_OF_RESULTS);
        exchange.streamed();
    }

    /** An error is the answer if nothing has been sent yet; otherwise it follows what has. */
    private static void execute(QueryRequest request, QueryOptions options, AnswerStream answer) {
        CsvWriter csv = new CsvWriter(answer, request.dialect());
        try {
            Flux.execute(request.query(), options, csv);
        } catch (FluxException e) {
            if (!answer.begun()) {
                throw new ApiException(code(e.kind()), e.getMessage());
            }
            csv.error(e.getMessage());
        }
        csv.flush();
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ApiException(
                        ErrorCode.TOO_MANY_REQUESTS,
                        limits.queries() + " queries are running already; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ErrorCode.UNAVAILABLE, "the server is stopping");
        }
    }

    private void checkDeadline(Instant deadline) {
        if (clock.instant().isAfter(deadline)) {
            throw new FluxException(
                    FluxException.Kind.DEADLINE,
                    "the query took longer than " + limits.queryTime().toSeconds() + " s");
        }
    }

    private static ErrorCode code(FluxException.Kind kind) {
        return switch (kind) {
            case SYNTAX, INVALID, UNSUPPORTED -> ErrorCode.INVALID;
            case NOT_FOUND -> ErrorCode.NOT_FOUND;
            case FORBIDDEN -> ErrorCode.FORBIDDEN;
            case MEMORY -> ErrorCode.TOO_LARGE;
            case UNAVAILABLE, DEADLINE, CANCELLED -> ErrorCode.UNAVAILABLE;
        };
    }
}
