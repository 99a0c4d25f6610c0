package candlestack.ingest.testkit.yahoo;

/** What can be asked for. */
public enum Service {
    COOKIE,
    CRUMB,
    CONSENT,
    QUOTE,
    CHART,
    PROFILE,
    STREAM;

    static Service of(String path) {
        if (path.startsWith("/v7/finance/quote")) {
            return QUOTE;
        }
        if (path.startsWith("/v8/finance/chart/")) {
            return CHART;
        }
        if (path.startsWith("/v10/finance/quoteSummary/")) {
            return PROFILE;
        }
        if (path.equals("/v1/test/getcrumb")) {
            return CRUMB;
        }
        return path.contains("onsent") ? CONSENT : COOKIE;
    }
}
