package candlestack.ingest.sources.replay;

import java.time.Instant;

/** When an event happened, and when it is played. */
interface Timeline {
    /** The event's time, from the one that is written in the file. */
    Instant time(Instant written);

    /** When to send an event of this time; in the past: now. */
    Instant due(Instant time);

    /** Nothing is moved; the pace counts from the first event after the source was opened. */
    static Timeline asWritten(Speed speed, Instant opened) {
        return new AsWritten(speed, opened);
    }

    /** See {@link AsWritten}. */
    final class AsWritten implements Timeline {
        private final Speed speed;
        private final Instant opened;
        private Instant first;

        private AsWritten(Speed speed, Instant opened) {
            this.speed = speed;
            this.opened = opened;
        }

        @Override
        public Instant time(Instant written) {
            return written;
        }

        @Override
        public Instant due(Instant time) {
            if (first == null) {
                first = time;
            }
            return opened.plus(speed.played(java.time.Duration.between(first, time)));
        }
    }
}
