package candlestack.ingest.runner.plugin;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls code of others with a deadline, on a thread of its own that is given up when it does not come back. */
public final class Bounded {
    private Bounded() {}

    /**
     * @param action what is done, such as {@code load x.jar}, for the message
     * @param loader the thread's context class loader
     * @throws PluginException if the code throws anything, or is not back in time
     */
    public static <T> T call(String action, ClassLoader loader, Duration limit, Callable<T> code)
            throws PluginException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = new Thread(task, action);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String where = Arrays.stream(thread.getStackTrace())
                    .findFirst()
                    .map(frame -> " at " + frame)
                    .orElse("");
            task.cancel(true);
            throw new PluginException("is not back after " + limit.toSeconds() + " s" + where, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof PluginException ours ? ours : new PluginException(reason(cause), cause);
        }
    }

    /** What went wrong, without the wrappings that class loading puts around it. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof java.util.ServiceConfigurationError || cause instanceof ExceptionInInitializerError)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof UnsupportedClassVersionError
                ? "was compiled for a newer Java than " + Runtime.version().feature() + ": " + cause.getMessage()
                : cause.toString();
    }
}
