package candlestack.local.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What one look at the machine gave.
 *
 * @param subject what was looked at
 * @param detail what was found and, unless it is well, what to do
 */
public record Finding(String subject, Verdict verdict, String detail) {
    public Finding {
        requireNonNull(subject, "subject is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(detail, "detail is null");
    }

    /** How bad it is. */
    public enum Verdict {
        OK,
        /** It runs, but maybe not well. */
        WARNING,
        /** It does not run like this. */
        FAILED
    }

    static Finding ok(String subject, String detail) {
        return new Finding(subject, Verdict.OK, detail);
    }

    static Finding warning(String subject, String detail) {
        return new Finding(subject, Verdict.WARNING, detail);
    }

    static Finding failed(String subject, String detail) {
        return new Finding(subject, Verdict.FAILED, detail);
    }
}
