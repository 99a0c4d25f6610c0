package candlestack.influxdb.line;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Numbers in lines: their limits are those of 64 bits, their forms those of Go. */
final class Numbers {
    /** Whole numbers up to here, divided by a power of ten up to 10^22, are rounded correctly in one step. */
    private static final long LARGEST_EXACT = 1L << 53;

    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    private static final int FEW_DIGITS = 18;

    private Numbers() {}

    /**
     * Checks a number.
     *
     * @return where it ends: at a comma, a space or the end
     * @throws BadLine if it is none
     */
    static int scan(byte[] bytes, int start, int end) {
        int i = start;
        if (bytes[i] == '-') {
            i++;
        }
        boolean decimal = false;
        boolean scientific = false;
        byte suffix = 0;
        int digits = 0;
        while (i < end && bytes[i] != ',' && bytes[i] != ' ') {
            byte next = bytes[i];
            if ((next == 'i' || next == 'u') && i > start && suffix == 0) {
                suffix = next;
            } else if ((next == 'e' || next == 'E') && i > start) {
                scientific = true;
            } else if ((next == '+' || next == '-') && (bytes[i - 1] == 'e' || bytes[i - 1] == 'E')) {
                i++;
                continue;
            } else if (next == '.' && !decimal) {
                decimal = true;
            } else if (next >= '0' && next <= '9') {
                digits++;
            } else {
                throw invalid();
            }
            i++;
        }
        boolean misplaced = suffix != 0 && (decimal || scientific || bytes[i - 1] != suffix);
        if (digits == 0 || misplaced || (suffix == 'u' && bytes[start] == '-')) {
            throw invalid();
        }
        return i;
    }

    /** A float that {@link #scan} has checked. */
    static double parseDouble(byte[] bytes, int from, int to) {
        int i = from;
        boolean negative = bytes[i] == '-';
        if (negative) {
            i++;
        }
        long digits = 0;
        int point = -1;
        int start = i;
        for (; i < to && i - start < FEW_DIGITS; i++) {
            byte next = bytes[i];
            if (next == '.') {
                point = i;
            } else if (next >= '0' && next <= '9') {
                digits = digits * 10 + (next - '0');
            } else {
                break;
            }
        }
        if (i == to && digits <= LARGEST_EXACT) {
            double value = point < 0 ? digits : digits / POWERS[to - point - 1];
            return negative ? -value : value;
        }
        return parseSlowly(bytes, from, to);
    }

    static long parseLong(byte[] bytes, int from, int to) {
        int i = from;
        boolean negative = bytes[i] == '-';
        if (negative) {
            i++;
        }
        if (to - i > FEW_DIGITS || to == i) {
            return parseLongSlowly(bytes, from, to);
        }
        long value = 0;
        for (; i < to; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }

    static long parseUnsigned(byte[] bytes, int from, int to) {
        String text = text(bytes, from, to);
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new BadLine("unable to parse unsigned " + text + ": strconv.ParseUint: parsing \"" + text
                    + "\": value out of range");
        }
    }

    private static double parseSlowly(byte[] bytes, int from, int to) {
        try {
            double value = Double.parseDouble(text(bytes, from, to));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through: the message is the same as for numbers that are too large.
        }
        throw new BadLine("invalid float");
    }

    private static long parseLongSlowly(byte[] bytes, int from, int to) {
        String text = text(bytes, from, to);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            String cause = text.equals("-") ? "invalid syntax" : "value out of range";
            String go = "strconv.ParseInt: parsing \"" + text + "\": " + cause;
            boolean timestamp = to >= bytes.length || bytes[to] != 'i';
            throw new BadLine(timestamp ? go : "unable to parse integer " + text + ": " + go);
        }
    }

    private static BadLine invalid() {
        return new BadLine("invalid number");
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, US_ASCII);
    }
}
