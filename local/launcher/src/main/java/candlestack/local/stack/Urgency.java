package candlestack.local.stack;

/** Whether a start waits for a part. */
public enum Urgency {
    /** The stack is ready when it is; if it cannot start, nothing runs. */
    AWAITED,
    /** It becomes ready when it can: whatever happens to it, the others run. */
    IN_BACKGROUND
}
