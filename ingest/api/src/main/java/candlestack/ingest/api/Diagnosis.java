package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

/**
 * The result of one check of {@link Source#diagnose()}.
 *
 * @param subject what was checked, such as {@code crumb}
 * @param detail what was found and, unless it is well, what to do
 */
public record Diagnosis(String subject, Outcome outcome, String detail) {
    /** How a check ended. */
    public enum Outcome {
        WELL,
        WARNING,
        FAILED
    }

    public Diagnosis {
        requireNonNull(subject, "subject is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(detail, "detail is null");
    }
}
