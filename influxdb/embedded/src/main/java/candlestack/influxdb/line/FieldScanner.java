package candlestack.influxdb.line;

import candlestack.flux.storage.ColumnType;

/** Finds and checks a line's second part: the fields. */
final class FieldScanner {
    private FieldScanner() {}

    /**
     * Checks the fields that begin at {@code start}.
     *
     * @return where they end: at a space or the end of the line
     * @throws BadLine if one is not as it should be
     */
    static int scan(byte[] bytes, int start, int end) {
        boolean quoted = false;
        int equals = 0;
        int commas = 0;
        int i = start;
        while (i < end) {
            byte next = bytes[i];
            if (next == '\\' && i + 1 < end) {
                i += 2;
                continue;
            }
            if (next == '"' && equals > commas) {
                quoted = !quoted;
            } else if (next == '=' && !quoted) {
                equals++;
                checkField(bytes, i, end);
                byte first = bytes[i + 1];
                if (isNumeric(first) || first == '-' || first == 'N' || first == 'n') {
                    i = Numbers.scan(bytes, i + 1, end);
                    continue;
                }
                if (first != '"') {
                    i = endOfBoolean(bytes, i + 1, end);
                    continue;
                }
            } else if (next == ',' && !quoted) {
                commas++;
            } else if (next == ' ' && !quoted) {
                break;
            }
            i++;
        }
        if (quoted) {
            throw new BadLine("unbalanced quotes");
        }
        if (equals == 0 || commas != equals - 1) {
            throw new BadLine("invalid field format");
        }
        return Math.min(i, end);
    }

    /** Where the value that begins at {@code from} ends: at a comma outside quotes, or the end. */
    static int endOfValue(byte[] bytes, int from, int end) {
        boolean quoted = false;
        int i = from;
        while (i < end) {
            byte next = bytes[i];
            if (next == '\\' && i + 1 < end && (bytes[i + 1] == '"' || bytes[i + 1] == '\\')) {
                i += 2;
                continue;
            }
            if (next == '"') {
                quoted = !quoted;
            } else if (next == ',' && !quoted) {
                return i;
            }
            i++;
        }
        return Math.min(i, end);
    }

    static ColumnType type(byte[] bytes, int from, int to) {
        byte first = bytes[from];
        if (first == '"') {
            return ColumnType.STRING;
        }
        if (isNumeric(first) || first == '-') {
            byte last = bytes[to - 1];
            if (last == 'i') {
                return ColumnType.INTEGER;
            }
            return last == 'u' ? ColumnType.UNSIGNED : ColumnType.FLOAT;
        }
        return ColumnType.BOOLEAN;
    }

    static boolean isNumeric(byte next) {
        return (next >= '0' && next <= '9') || next == '.';
    }

    /** A field has something before and after its equals sign. */
    private static void checkField(byte[] bytes, int at, int end) {
        boolean escaped = at >= 2 && bytes[at - 2] == '\\';
        if (at == 0 || ((bytes[at - 1] == ' ' || bytes[at - 1] == ',') && !escaped)) {
            throw new BadLine("missing field key");
        }
        if (at + 1 >= end || bytes[at + 1] == ',' || bytes[at + 1] == ' ') {
            throw new BadLine("missing field value");
        }
    }

    private static int endOfBoolean(byte[] bytes, int start, int end) {
        int to = start;
        while (to < end && bytes[to] != ',' && bytes[to] != ' ') {
            to++;
        }
        boolean valid =
                switch (bytes[start]) {
                    case 't' -> to - start == 1 || is("true", bytes, start, to);
                    case 'T' -> to - start == 1 || is("TRUE", bytes, start, to) || is("True", bytes, start, to);
                    case 'f' -> to - start == 1 || is("false", bytes, start, to);
                    case 'F' -> to - start == 1 || is("FALSE", bytes, start, to) || is("False", bytes, start, to);
                    default -> false;
                };
        if (!valid) {
            throw new BadLine("invalid boolean");
        }
        return to;
    }

    private static boolean is(String expected, byte[] bytes, int from, int to) {
        if (to - from != expected.length()) {
            return false;
        }
        for (int i = 0; i < expected.length(); i++) {
            if (bytes[from + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
