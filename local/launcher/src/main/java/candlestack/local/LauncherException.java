package candlestack.local;

/** Something a person can put right: the message says what, why and how, and no stack trace is shown. */
public final class LauncherException extends RuntimeException {
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private final int exitCode;

    private LauncherException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The work could not be done. */
    public static LauncherException failed(String message) {
        return new LauncherException(FAILED, message, null);
    }

    public static LauncherException failed(String message, Throwable cause) {
        return new LauncherException(FAILED, message + ": " + Reason.of(cause), cause);
    }

    /** The command line or the configuration is wrong. */
    public static LauncherException usage(String message) {
        return new LauncherException(USAGE, message, null);
    }

    public int exitCode() {
        return exitCode;
    }
}
