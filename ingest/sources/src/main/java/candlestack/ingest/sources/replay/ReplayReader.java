package candlestack.ingest.sources.replay;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gives the rows of a file when they are due. */
final class ReplayReader implements SourceReader {
    private static final int MOST_ROWS = 5_000;

    private final SourceContext context;
    private final Playback playback;

    private Playback.Pass pass;
    private Optional<Playback.Item> next = Optional.empty();
    private long row;
    private Anchor anchor;

    /** A new anchor has to be on disk before an event is named after it: a second one would play everything twice. */
    private enum Anchor {
        NEW,
        SAVING,
        SAVED
    }

    ReplayReader(SourceContext context, Playback playback, Timeline timeline, long row, boolean anchorIsNew)
            throws SourceException {
        this.context = context;
        this.playback = playback;
        this.row = row;
        this.anchor = anchorIsNew ? Anchor.NEW : Anchor.SAVED;
        this.pass = playback.pass(timeline, row);
    }

    @Override
    public Batch poll(Duration maxWait) throws SourceException, InterruptedException {
        if (anchor == Anchor.NEW) {
            anchor = Anchor.SAVING;
            return Batch.of(List.of(), position());
        }
        if (anchor == Anchor.SAVING || !awaitDue(maxWait)) {
            if (anchor == Anchor.SAVING) {
                context.pause(min(maxWait, Duration.ofMillis(20)));
            }
            return Batch.empty();
        }
        return dueRows();
    }

    @Override
    public void acknowledged(Position position) {
        anchor = Anchor.SAVED;
    }

    /** What is left of the history. */
    @Override
    public OptionalLong backlog() {
        return pass.timeline() instanceof Shifted shifted
                ? OptionalLong.of(Math.max(0, shifted.part().rowsBefore() - row))
                : OptionalLong.empty();
    }

    @Override
    public void close() {
        pass.close();
    }

    /** Whether a row is due now, after waiting for it no longer than {@code maxWait}. */
    private boolean awaitDue(Duration maxWait) throws SourceException, InterruptedException {
        if (peek().isEmpty()) {
            atEnd();
            context.pause(maxWait);
            return false;
        }
        Instant due = next.orElseThrow().due(pass.timeline());
        if (isDue(due)) {
            return true;
        }
        context.pause(min(maxWait, Duration.between(context.clock().instant(), due)));
        return isDue(due);
    }

    private Batch dueRows() throws SourceException {
        List<Event> events = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        for (int count = 0; count < MOST_ROWS && peek().isPresent(); count++) {
            Playback.Item item = next.orElseThrow();
            if (!isDue(item.due(pass.timeline()))) {
                break;
            }
            item.quote().ifPresent(events::add);
            item.reject().ifPresent(rejects::add);
            row = item.row();
            next = Optional.empty();
        }
        return new Batch(events, rejects, Optional.of(position()));
    }

    private Optional<Playback.Item> peek() throws SourceException {
        if (next.isEmpty()) {
            next = pass.next();
        }
        return next;
    }

    private void atEnd() throws SourceException {
        String file = playback.file().name();
        if (pass.rows().count() < row) {
            context.report("cannot go on in " + file + ": it ends at row "
                    + pass.rows().count() + ", before row " + row
                    + " that was played last; if it was replaced, give it another name");
            return;
        }
        boolean repeat = playback.config().get(ReplayOptions.REPEAT);
        if (repeat && pass.timeline() instanceof Shifted shifted) {
            Shifted again = shifted.next(context.clock().instant());
            context.report("plays the last part of " + file + " again, from " + again.anchor());
            pass.close();
            row = again.part().rowsBefore();
            pass = playback.pass(again, row);
        } else {
            context.report("reached the end of " + file + " after row " + row);
        }
    }

    private Position position() {
        Map<String, String> fields = new HashMap<>();
        if (pass.timeline() instanceof Shifted shifted) {
            fields.putAll(shifted.fields());
        }
        fields.put("file", playback.file().name());
        fields.put("row", Long.toString(row));
        return new Position(fields);
    }

    private boolean isDue(Instant due) {
        return !due.isAfter(context.clock().instant());
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
