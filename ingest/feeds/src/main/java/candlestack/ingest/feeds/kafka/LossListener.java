package candlestack.ingest.feeds.kafka;

import candlestack.ingest.api.Position;

/** Is told when a part of where a reader was is no longer held. */
@FunctionalInterface
interface LossListener {
    /** Called on the reader's thread, before its poll fails. */
    void lost(Position position);
}
