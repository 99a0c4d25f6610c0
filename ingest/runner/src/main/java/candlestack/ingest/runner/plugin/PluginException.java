package candlestack.ingest.runner.plugin;

/** A plugin cannot be used; the message is the reason, for the person who put it there. */
public final class PluginException extends Exception {
    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
