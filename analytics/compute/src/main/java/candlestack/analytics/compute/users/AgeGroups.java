package candlestack.analytics.compute.users;

/** {@code 0-17}, {@code 18-29}, then tens of years up to {@code 80+}. */
final class AgeGroups {
    private static final int ADULT = 18;
    private static final int FIRST_TEN = 30;
    private static final int LAST = 80;

    private AgeGroups() {}

    static String of(int age) {
        if (age < ADULT) {
            return "0-" + (ADULT - 1);
        }
        if (age < FIRST_TEN) {
            return ADULT + "-" + (FIRST_TEN - 1);
        }
        int ten = age / 10 * 10;
        return age >= LAST ? LAST + "+" : ten + "-" + (ten + 9);
    }
}
