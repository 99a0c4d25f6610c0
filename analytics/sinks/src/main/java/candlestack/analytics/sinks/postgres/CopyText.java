package candlestack.analytics.sinks.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows in the text format of PostgreSQL's COPY, column by column in the order of the statement. */
final class CopyText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder();
    private boolean inRow;
    private int rows;

    CopyText text(String value) {
        next();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        return this;
    }

    CopyText text(Optional<String> value) {
        return value.isPresent() ? text(value.get()) : nothing();
    }

    /** NaN is null. */
    CopyText number(double value) {
        if (Double.isNaN(value)) {
            return nothing();
        }
        next();
        text.append(value);
        return this;
    }

    CopyText number(long value) {
        next();
        text.append(value);
        return this;
    }

    CopyText number(OptionalLong value) {
        return value.isPresent() ? number(value.getAsLong()) : nothing();
    }

    CopyText time(Optional<Instant> value) {
        return value.isPresent() ? time(value.get()) : nothing();
    }

    CopyText time(Instant value) {
        next();
        text.append(value);
        return this;
    }

    CopyText flag(boolean value) {
        next();
        text.append(value ? 't' : 'f');
        return this;
    }

    CopyText bytes(byte[] value) {
        next();
        text.append("\\\\x");
        for (byte b : value) {
            text.append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
        }
        return this;
    }

    void endRow() {
        text.append('\n');
        inRow = false;
        rows++;
    }

    int rows() {
        return rows;
    }

    byte[] toBytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private CopyText nothing() {
        next();
        text.append("\\N");
        return this;
    }

    private void next() {
        if (inRow) {
            text.append('\t');
        }
        inRow = true;
    }
}
