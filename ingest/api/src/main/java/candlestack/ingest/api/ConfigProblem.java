package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with the options of a source.
 *
 * @param option the name that it is about, known or not: the host adds the place where it is written
 * @param message what is wrong, and what would be accepted
 */
public record ConfigProblem(String option, String message) {
    public ConfigProblem {
        requireNonNull(option, "option is null");
        requireNonNull(message, "message is null");
    }
}
