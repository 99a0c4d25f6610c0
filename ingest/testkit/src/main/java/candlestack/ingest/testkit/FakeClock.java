package candlestack.ingest.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on only when it is told to. Thread-safe. */
public final class FakeClock extends Clock {
    private Instant now;

    public FakeClock(Instant now) {
        this.now = requireNonNull(now, "now is null");
    }

    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Times here have no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
