package candlestack.analytics.sinks.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Answers the requests below one path of the endpoint, on the server's threads. */
@FunctionalInterface
public interface JsonPage {
    /**
     * @param rest what follows the page's own path, without a slash in front; empty if nothing does
     * @return empty if there is no such thing
     * @throws UnavailableException when what it takes to answer is away
     */
    Optional<JsonNode> answer(String rest);
}
