package candlestack.flux.csv;

import java.util.Arrays;

/** Times as RFC 3339 in UTC, with as many digits of the second as it takes. */
final class TimeText {
    private static final long NANOS = 1_000_000_000L;
    private static final long SECONDS_A_DAY = 86_400;
    /** 0000-03-01 to 1970-01-01: years that begin in March end with the leap day. */
    private static final long DAYS_TO_EPOCH = 719_468;

    private static final int DAYS_OF_400_YEARS = 146_097;
    private static final int WITHOUT_FRACTION = "1970-01-01T00:00:00".length();
    private static final int LONGEST = WITHOUT_FRACTION + ".123456789Z".length();

    private TimeText() {}

    /** @param nanos since 1970-01-01T00:00Z: the years 1677 to 2262 */
    static byte[] of(long nanos) {
        byte[] text = new byte[LONGEST];
        long seconds = Math.floorDiv(nanos, NANOS);
        date(text, Math.floorDiv(seconds, SECONDS_A_DAY));
        int second = (int) Math.floorMod(seconds, SECONDS_A_DAY);
        text[10] = 'T';
        digits(text, 11, 13, second / 3600);
        text[13] = ':';
        digits(text, 14, 16, second / 60 % 60);
        text[16] = ':';
        digits(text, 17, 19, second % 60);
        int length = WITHOUT_FRACTION;
        int fraction = (int) Math.floorMod(nanos, NANOS);
        if (fraction != 0) {
            text[length++] = '.';
            digits(text, length, length + 9, fraction);
            length += 9;
            while (text[length - 1] == '0') {
                length--;
            }
        }
        text[length++] = 'Z';
        return Arrays.copyOf(text, length);
    }

    /** The date in the Gregorian calendar, reckoned by eras of 400 years. */
    private static void date(byte[] text, long epochDay) {
        long day = epochDay + DAYS_TO_EPOCH;
        int dayOfEra = (int) (day % DAYS_OF_400_YEARS);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        digits(text, 0, 4, (int) (day / DAYS_OF_400_YEARS) * 400 + yearOfEra + (month <= 2 ? 1 : 0));
        text[4] = '-';
        digits(text, 5, 7, month);
        text[7] = '-';
        digits(text, 8, 10, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }

    private static void digits(byte[] text, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
