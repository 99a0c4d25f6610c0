package candlestack.cassandra;

import candlestack.config.Secrets;

/** Who talks to Cassandra. Each has a password of its own, and no more rights than its work takes. */
public enum CassandraRole {
    /** Makes the keyspace and the other roles; used by the set-up step alone. */
    SUPERUSER("cassandra", Secrets.CASSANDRA_SUPERUSER),
    /** Makes and changes the tables. */
    OWNER("candlestack_owner", Secrets.CASSANDRA_OWNER),
    /** Reads and writes rows. */
    WRITER("candlestack_writer", Secrets.CASSANDRA_WRITER),
    /** Reads rows: dashboards, and people at the command line. */
    READER("grafana", Secrets.CASSANDRA_READER);

    private final String roleName;
    private final String secret;

    CassandraRole(String roleName, String secret) {
        this.roleName = roleName;
        this.secret = secret;
    }

    public String roleName() {
        return roleName;
    }

    /** The name of its secret. */
    public String secret() {
        return secret;
    }
}
