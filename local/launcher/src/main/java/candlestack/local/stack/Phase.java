package candlestack.local.stack;

/** Where a part is. */
public enum Phase {
    WAITING,
    STARTING,
    READY,
    RESTARTING,
    FAILED,
    STOPPED
}
