package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.CatalogException;
import candlestack.influxdb.store.StoreBusyException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes requests, checks their tokens and turns what goes wrong into answers. */
final class ApiHandler extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Router router;
    private final Catalog catalog;
    private final BodyReader bodies;

    ApiHandler(Router router, Catalog catalog, BodyReader bodies) {
        this.router = router;
        this.catalog = catalog;
        this.bodies = bodies;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put("X-Influxdb-Build", Version.BUILD);
        response.getHeaders().put("X-Influxdb-Version", Version.HEADER);
        Exchange exchange = new Exchange(request, response, callback, bodies);
        try {
            dispatch(exchange);
        } catch (ApiException e) {
            answer(exchange, e);
        } catch (CatalogException e) {
            answer(exchange, ApiException.of(e));
        } catch (StoreBusyException e) {
            log.warn("Refused {} {}: {}", exchange.method(), exchange.path(), e.getMessage());
            answer(exchange, new ApiException(ErrorCode.UNAVAILABLE, e.getMessage()));
        } catch (EofException e) {
            exchange.fail(e); // the client has gone; there is nobody to tell
        } catch (IOException | RuntimeException e) {
            log.error("Cannot answer {} {}", exchange.method(), exchange.path(), e);
            answer(
                    exchange,
                    new ApiException(ErrorCode.INTERNAL, "An internal error has occurred - check server logs"));
        }
        return true;
    }

    private void dispatch(Exchange exchange) throws IOException {
        Router.Match match = router.find(exchange.method(), exchange.path());
        if (match.route().open() != null) {
            match.route().open().handle(exchange, match.pathParameters());
        } else {
            match.route().secured().handle(exchange, authorize(exchange), match.pathParameters());
        }
    }

    private Authorization authorize(Exchange exchange) {
        return token(exchange)
                .flatMap(catalog::authorize)
                .orElseThrow(() -> new ApiException(ErrorCode.UNAUTHORIZED, "unauthorized access"));
    }

    private static Optional<String> token(Exchange exchange) {
        return exchange.header("Authorization")
                .filter(header -> header.startsWith("Token ") || header.startsWith("Bearer "))
                .map(header -> header.substring(header.indexOf(' ') + 1).trim());
    }

    private static void answer(Exchange exchange, ApiException error) {
        if (exchange.isCommitted()) {
            exchange.fail(error);
            return;
        }
        exchange.discardBody();
        exchange.reset();
        exchange.header("X-Platform-Error-Code", error.code().text());
        if (error.code().passing()) {
            exchange.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("code", error.code().text())
                .put("message", error.getMessage());
        if (error.line() > 0) {
            body.put("line", error.line());
        }
        exchange.answer(error.code().status(), body);
    }
}
