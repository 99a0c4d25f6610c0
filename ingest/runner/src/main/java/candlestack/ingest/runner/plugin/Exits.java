package candlestack.ingest.runner.plugin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a plugin's calls of {@code System.exit}, {@code Runtime.exit} and {@code Runtime.halt} are turned into when its
 * classes are loaded. Public because it is called from the plugin's own classes.
 */
@SuppressWarnings("DoNotCallSuggester") // nobody writes these calls: they are put in the place of others
public final class Exits {
    private static final Logger LOG = LoggerFactory.getLogger(Exits.class);
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Thrown in place of the end of the process. */
    public static final class ExitRefusedError extends Error {
        ExitRefusedError(String message) {
            super(message);
        }
    }

    private Exits() {}

    /** In place of {@link System#exit}. */
    public static void exit(int code) {
        throw refused("System.exit(" + code + ")", STACK.getCallerClass());
    }

    /** In place of {@link Runtime#exit}. */
    public static void exit(Runtime runtime, int code) {
        throw refused("Runtime.exit(" + code + ")", STACK.getCallerClass());
    }

    /** In place of {@link Runtime#halt}. */
    public static void halt(Runtime runtime, int code) {
        throw refused("Runtime.halt(" + code + ")", STACK.getCallerClass());
    }

    private static ExitRefusedError refused(String call, Class<?> caller) {
        ClassLoader loader = caller.getClassLoader();
        String plugin = loader == null || loader.getName() == null ? "a plugin" : loader.getName();
        String message = plugin + " called " + call + " in " + caller.getName() + ": a plugin cannot end the process";
        // Also where the error is swallowed by whoever called it.
        LOG.warn("Refused: {}", message);
        return new ExitRefusedError(message);
    }
}
