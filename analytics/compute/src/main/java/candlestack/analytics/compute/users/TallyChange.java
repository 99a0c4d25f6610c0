package candlestack.analytics.compute.users;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;

/**
 * The row that goes from a user's state to a tally.
 *
 * @param users more, or fewer if below 0
 * @param years that their ages add up to
 */
record TallyChange(long users, long years) {
    static byte[] plus(int age) {
        return new TallyChange(1, age).toBytes();
    }

    static byte[] minus(int age) {
        return new TallyChange(-1, -age).toBytes();
    }

    private byte[] toBytes() {
        StateOutput output = new StateOutput();
        output.signed(users);
        output.signed(years);
        return output.toBytes();
    }

    static TallyChange read(byte[] bytes) {
        StateInput input = new StateInput(bytes);
        return new TallyChange(input.signed(), input.signed());
    }
}
