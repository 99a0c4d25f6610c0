package candlestack.influxdb.http;

/** What this server calls itself: it is not influxd, and says so. */
final class Version {
    static final String NAME = "candlestack-0.1.0";
    /** Clients expect a leading v. */
    static final String HEADER = "v0.1.0-candlestack";

    static final String BUILD = "OSS";

    private Version() {}
}
