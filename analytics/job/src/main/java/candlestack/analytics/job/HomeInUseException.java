package candlestack.analytics.job;

import java.nio.file.Path;

/** Another job is at work in the home. */
final class HomeInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HomeInUseException(Path home) {
        super("Cannot start analytics: another job runs in " + home + " and holds run/analytics.lock; stop it (of the"
                + " stack: './candlestack down', or 'up --parts' without analytics; or the 'submit' that runs there)");
    }
}
