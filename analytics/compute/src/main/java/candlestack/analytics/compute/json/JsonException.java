package candlestack.analytics.compute.json;

/** Text that is not the JSON that was asked for; the message says what was expected and where. */
public final class JsonException extends RuntimeException {
    public JsonException(String message) {
        // Bad input is an answer, and there may be a million of them: the stack is of no use to anyone.
        super(message, null, false, false);
    }
}
