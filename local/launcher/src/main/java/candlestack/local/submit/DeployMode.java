package candlestack.local.submit;

/** Where the driver runs. */
public enum DeployMode {
    /** Here, until it is stopped. */
    CLIENT,
    /** On the cluster, which restarts it. */
    CLUSTER
}
