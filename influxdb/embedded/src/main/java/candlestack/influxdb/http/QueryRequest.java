package candlestack.influxdb.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.flux.csv.Dialect;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a query's body asks for.
 *
 * @param now what the query takes as the present; empty for the present
 */
record QueryRequest(String query, Dialect dialect, Optional<Instant> now) {
    private static final String FLUX = "application/vnd.flux";

    static QueryRequest of(Exchange exchange) throws IOException {
        boolean plain = exchange.header("Content-Type")
                .filter(type -> type.startsWith(FLUX))
                .isPresent();
        if (plain) {
            try (Body body = exchange.body()) {
                return new QueryRequest(
                        new String(body.bytes(), 0, body.length(), UTF_8), Dialect.PLAIN, Optional.empty());
            }
        }
        return of(exchange.json());
    }

    private static QueryRequest of(JsonNode body) {
        refuse(
                !body.path("type").asText("flux").equals("flux"),
                "unknown query type: " + body.path("type").asText());
        for (String unsupported : Set.of("ast", "extern", "params")) {
            refuse(!body.path(unsupported).isEmpty(), "'" + unsupported + "' is not supported by this server");
        }
        String query = body.path("query").asText("");
        refuse(query.isEmpty(), "request body requires either query or AST");
        return new QueryRequest(query, dialect(body.path("dialect")), now(body.path("now")));
    }

    private static Dialect dialect(JsonNode dialect) {
        String delimiter = dialect.path("delimiter").asText("");
        refuse(delimiter.length() > 1, "invalid dialect delimeter: must be length 1");
        refuse(
                dialect.path("commentPrefix").asText("").length() > 1,
                "invalid dialect comment prefix: must be length 0 or 1");
        String format = dialect.path("dateTimeFormat").asText("RFC3339");
        refuse(
                !format.isEmpty() && !format.equals("RFC3339") && !format.equals("RFC3339Nano"),
                "unknown dialect date time format: " + format);
        Set<String> annotations = new HashSet<>();
        for (JsonNode annotation : dialect.path("annotations")) {
            String name = annotation.asText();
            refuse(!Dialect.ANNOTATED.annotations().contains(name), "unknown dialect annotation type: " + name);
            annotations.add(name);
        }
        return new Dialect(
                dialect.path("header").asBoolean(true), delimiter.isEmpty() ? ',' : delimiter.charAt(0), annotations);
    }

    private static Optional<Instant> now(JsonNode now) {
        try {
            return now.isTextual()
                    ? Optional.of(OffsetDateTime.parse(now.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            throw new ApiException(ErrorCode.INVALID, "failed to decode request body: now is no RFC3339 time");
        }
    }

    private static void refuse(boolean condition, String message) {
        if (condition) {
            throw new ApiException(ErrorCode.INVALID, "failed to decode request body: " + message);
        }
    }
}
