package candlestack.analytics.compute.json;

import java.nio.charset.StandardCharsets;

/** Decimal text to double and back: the nearest double, by a short way where there is one. */
public final class Decimals {
    /** A product or quotient of two doubles is correctly rounded, and these are doubles without an error. */
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long EXACT_INTEGERS = 1L << 53;
    private static final int SAFE_DIGITS = 18;
    private static final int MOST_DECIMALS = 12;

    private Decimals() {}

    /** @param input holds a number of JSON's grammar from {@code start} to {@code end}; may be infinite if too large */
    static double parse(byte[] input, int start, int end) {
        int position = start;
        boolean negative = input[position] == '-';
        if (negative) {
            position++;
        }
        long digits = 0;
        int count = 0;
        int decimals = 0;
        boolean fraction = false;
        for (; position < end; position++) {
            byte next = input[position];
            if (next == '.') {
                fraction = true;
            } else if (next < '0' || next > '9' || count == SAFE_DIGITS) {
                return slowly(input, start, end);
            } else {
                digits = digits * 10 + (next - '0');
                count += digits == 0 ? 0 : 1;
                decimals += fraction ? 1 : 0;
            }
        }
        if (digits > EXACT_INTEGERS || decimals >= POWERS_OF_TEN.length) {
            return slowly(input, start, end);
        }
        double value = digits / POWERS_OF_TEN[decimals];
        return negative ? -value : value;
    }

    private static double slowly(byte[] input, int start, int end) {
        return Double.parseDouble(new String(input, start, end - start, StandardCharsets.ISO_8859_1));
    }

    /** The power of ten, up to 12, that makes a whole number of {@code value}; -1 if there is none. */
    static int decimals(double value) {
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
            double scaled = Math.rint(value * POWERS_OF_TEN[decimals]);
            if (Math.abs(scaled) >= EXACT_INTEGERS) {
                return -1;
            }
            if (scaled / POWERS_OF_TEN[decimals] == value) {
                return decimals;
            }
        }
        return -1;
    }

    /** {@code value} in units of the last of its {@code decimals}. */
    static long unscaled(double value, int decimals) {
        return (long) Math.rint(value * POWERS_OF_TEN[decimals]);
    }

    /**
     * What the decimal that was meant is more than the double it became: 0.1 is 5.6e-18 less than its double. With it,
     * decimals can be added up exactly. 0 where more than twelve decimals were meant.
     */
    public static double remainder(double value) {
        int decimals = decimals(value);
        if (decimals <= 0) {
            return 0;
        }
        double power = POWERS_OF_TEN[decimals];
        return -Math.fma(value, power, -Math.rint(value * power)) / power;
    }
}
