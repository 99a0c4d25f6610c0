package candlestack.ingest.testkit.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.testkit.yahoo.StubAnswer.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The pages and services behind the stub, as strict about browsers, cookies and crumbs as Yahoo is. */
final class StubSite {
    private final StubMarket market;
    private final Map<String, String> crumbByCookie = new HashMap<>();
    private final AtomicInteger visitors = new AtomicInteger();
    private volatile boolean strict = true;
    private volatile boolean consentOnly;

    StubSite(StubMarket market) {
        this.market = requireNonNull(market, "market is null");
    }

    void strict(boolean value) {
        strict = value;
    }

    void consentOnly(boolean value) {
        consentOnly = value;
    }

    StubAnswer answer(StubRequest request, Optional<Fault> fault) {
        return fault.isPresent() ? fault(fault.get(), request) : answer(request);
    }

    private StubAnswer answer(StubRequest request) {
        if (strict && !request.header("user-agent").startsWith("Mozilla/")) {
            return StubAnswer.text(429, "Too Many Requests\r\n");
        }
        return switch (Service.of(request.path())) {
            case COOKIE -> visitor(StubAnswer.text(404, ""), "cookie");
            case CRUMB -> crumb(request);
            case CONSENT -> consent(request);
            case QUOTE -> letIn(request).orElseGet(() -> quotes(request));
            case PROFILE -> letIn(request).orElseGet(() -> profile(request));
            case CHART -> chart(request);
            case STREAM -> StubAnswer.text(400, "not over HTTP");
        };
    }

    private StubAnswer fault(Fault fault, StubRequest request) {
        return switch (fault) {
            case INVALID_CRUMB -> unauthorized("Invalid Crumb");
            case INVALID_COOKIE -> unauthorized("Invalid Cookie");
            case CONSENT_WALL -> StubAnswer.redirect("/consent?brandType=nonEu");
            case TOO_MANY_REQUESTS ->
                StubAnswer.text(429, "Too Many Requests\r\n").with("Retry-After: 120");
            case TOO_MANY_REQUESTS_AS_200 -> StubAnswer.text(200, "Too Many Requests\r\n");
            case ERROR_BODY -> StubAnswer.json(200, error("Internal-Error", "No such service"));
            case EMPTY_RESULT -> StubAnswer.json(200, quoteResponse(List.of()));
            case HTML -> StubAnswer.html(200, "<!DOCTYPE html><html><body>Will be right back...</body></html>");
            case TRUNCATED -> answer(request).delivered(Delivery.TRUNCATED);
            case HALF_JSON -> {
                String body = answer(request).body();
                yield StubAnswer.text(200, body.substring(0, body.length() / 2));
            }
            case SLOW -> answer(request).delivered(Delivery.SLOW);
            case SERVER_ERROR -> StubAnswer.html(503, "<html><body>Service Unavailable</body></html>");
            case NOT_MODIFIED -> StubAnswer.text(304, "");
            case HANG_UP -> throw new IllegalArgumentException("no answer at all");
        };
    }

    /** Gives a visitor a cookie that says by which way it came. */
    private StubAnswer visitor(StubAnswer answer, String way) {
        String cookie = way + visitors.incrementAndGet();
        synchronized (crumbByCookie) {
            crumbByCookie.put(cookie, "Crumb." + cookie);
        }
        return answer.with("Set-Cookie: A3=" + cookie + "; Domain=.yahoo.com; Path=/; Max-Age=31557600; Secure");
    }

    private StubAnswer crumb(StubRequest request) {
        return expectedCrumb(request)
                .map(crumb -> StubAnswer.text(200, crumb))
                .orElseGet(() -> unauthorized("Invalid Cookie"));
    }

    /** Where it begins, the form, what takes the form, and where it ends. */
    private StubAnswer consent(StubRequest request) {
        if (request.path().equals("/consent")) {
            return StubAnswer.redirect("/v2/collectConsent?sessionId=3_cc-session_1")
                    .with("Set-Cookie: GUCS=AX; Path=/");
        }
        if (request.path().equals("/copyConsent")) {
            return visitor(StubAnswer.text(200, ""), "consent");
        }
        if (request.method().equals("POST")) {
            boolean agreed = request.form().getOrDefault("agree", "").equals("agree")
                    && request.form().getOrDefault("csrfToken", "").equals("token-1");
            return agreed ? StubAnswer.redirect("/copyConsent?sessionId=3_cc-session_1") : unauthorized("No consent");
        }
        return StubAnswer.html(
                200,
                "<html><form method=\"post\"><input type=\"hidden\" name=\"csrfToken\" value=\"token-1\">"
                        + "<input type=\"hidden\" name=\"sessionId\" value=\"3_cc-session_1\">"
                        + "<button name=\"agree\" value=\"agree\">Accept all</button></form></html>");
    }

    /** Empty if the visitor may ask; otherwise why not. */
    private Optional<StubAnswer> letIn(StubRequest request) {
        if (!strict) {
            return Optional.empty();
        }
        Optional<String> expected = expectedCrumb(request);
        if (expected.isEmpty()) {
            return Optional.of(unauthorized("Invalid Cookie"));
        }
        boolean known = expected.get().equals(request.query().get("crumb"));
        return known ? Optional.empty() : Optional.of(unauthorized("Invalid Crumb"));
    }

    private Optional<String> expectedCrumb(StubRequest request) {
        String cookie = request.cookies().getOrDefault("A3", "");
        if (consentOnly && !cookie.startsWith("consent")) {
            return Optional.empty();
        }
        synchronized (crumbByCookie) {
            return Optional.ofNullable(crumbByCookie.get(cookie));
        }
    }

    private StubAnswer quotes(StubRequest request) {
        List<Object> result = new ArrayList<>();
        for (String symbol : request.query().getOrDefault("symbols", "").split(",")) {
            market.quote(symbol).ifPresent(result::add);
        }
        return StubAnswer.json(200, quoteResponse(result));
    }

    private StubAnswer profile(StubRequest request) {
        String symbol = request.path().substring(request.path().lastIndexOf('/') + 1);
        Object result = market.quote(symbol).isEmpty()
                ? List.of()
                : List.of(Map.of("assetProfile", Map.of("sector", "Technology", "industry", "Stubs")));
        return StubAnswer.json(200, Map.of("quoteSummary", Map.of("result", result)));
    }

    private StubAnswer chart(StubRequest request) {
        String symbol = request.path().substring(request.path().lastIndexOf('/') + 1);
        Instant from = Instant.ofEpochSecond(Long.parseLong(request.query().getOrDefault("period1", "0")));
        Instant to = Instant.ofEpochSecond(Long.parseLong(request.query().getOrDefault("period2", "0")));
        return market.chart(symbol, request.query().getOrDefault("interval", "1d"), from, to)
                .map(body -> StubAnswer.text(200, body))
                .orElseGet(() -> StubAnswer.json(404, Map.of("chart", notFound())));
    }

    private static Map<String, Object> quoteResponse(List<Object> result) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("result", result);
        response.put("error", null);
        return Map.of("quoteResponse", response);
    }

    private static Map<String, Object> notFound() {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("result", null);
        chart.put("error", Map.of("code", "Not Found", "description", "No data found, symbol may be delisted"));
        return chart;
    }

    private static StubAnswer unauthorized(String description) {
        return StubAnswer.json(401, error("Unauthorized", description));
    }

    private static Map<String, Object> error(String code, String description) {
        Map<String, Object> finance = new LinkedHashMap<>();
        finance.put("result", null);
        finance.put("error", Map.of("code", code, "description", description));
        return Map.of("finance", finance);
    }
}
