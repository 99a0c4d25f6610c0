package candlestack.mongodb;

import candlestack.config.Secrets;

/** Who talks to MongoDB. Where it asks for a login, each has one of its own, and no more rights than its work takes. */
public enum MongoRole {
    /** Makes users, collections and indexes. Known to the whole server, as the user that its image makes. */
    OWNER("candlestack_owner", Secrets.MONGODB_OWNER, "admin"),
    /** Reads and writes documents. */
    WRITER("candlestack_writer", Secrets.MONGODB_WRITER, MongoConnections.DATABASE),
    /** Reads documents. */
    READER("grafana", Secrets.MONGODB_READER, MongoConnections.DATABASE);

    private final String userName;
    private final String secret;
    private final String database;

    MongoRole(String userName, String secret, String database) {
        this.userName = userName;
        this.secret = secret;
        this.database = database;
    }

    public String userName() {
        return userName;
    }

    /** The name of its secret. */
    public String secret() {
        return secret;
    }

    /** The database that knows the user. */
    String database() {
        return database;
    }
}
