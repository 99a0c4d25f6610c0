package candlestack.ingest.yahoo;

import java.io.IOException;
import java.net.http.HttpRequest;

/** Asks over HTTP. Redirects are answers too. */
@FunctionalInterface
interface Wire {
    /** @throws IOException if no whole answer came in time */
    Answer send(HttpRequest request) throws IOException, InterruptedException;
}
