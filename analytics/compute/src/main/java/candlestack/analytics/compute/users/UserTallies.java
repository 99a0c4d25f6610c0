package candlestack.analytics.compute.users;

import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SecondStage;

/** Counts users by the groups they belong to. */
final class UserTallies implements SecondStage {
    private static final long serialVersionUID = 1;

    @Override
    public KeyState newState(String key) {
        return new TallyState(key);
    }

    @Override
    public KeyState readState(String key, byte[] bytes) {
        return TallyState.read(key, bytes);
    }
}
