package candlestack.ingest.sources.replay;

import static java.time.temporal.ChronoUnit.MILLIS;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A file that is played from its beginning, or from the row after a position. */
final class ReplaySource implements Source {
    private final SourceContext context;
    private final Config config;
    private final InputFile file;

    ReplaySource(SourceContext context) throws SourceException {
        this.context = context;
        this.config = context.config();
        this.file = InputFile.of(config.get(ReplayOptions.FILE));
    }

    @Override
    public SourceReader open(Optional<Position> given) throws SourceException {
        Optional<Position> position = given.filter(
                known -> known.text("file").equals(Optional.of(file.name())) && isShifted(known) == isShifted());
        if (given.isPresent() && position.isEmpty()) {
            context.report("plays " + file.name() + " from its beginning: another file was played before, or the same "
                    + "one with another shift-to-now");
        }
        long row = position.isPresent() ? position.get().number("row") : 0;
        Timeline timeline = timeline(position);
        boolean anchorIsNew = isShifted() && position.isEmpty();
        return new ReplayReader(context, new Playback(config, file, context.instance()), timeline, row, anchorIsNew);
    }

    private Timeline timeline(Optional<Position> position) throws SourceException {
        Speed speed = config.get(ReplayOptions.SPEED);
        Instant now = context.clock().instant().truncatedTo(MILLIS);
        if (!isShifted()) {
            return Timeline.asWritten(speed, now);
        }
        return position.isPresent()
                ? Shifted.from(position.get(), speed)
                : new Shifted(lastPart(speed.isMax() ? Duration.ZERO : config.get(ReplayOptions.FOLLOW)), speed, now);
    }

    private boolean isShifted() {
        return config.get(ReplayOptions.SHIFT_TO_NOW);
    }

    private static boolean isShifted(Position position) {
        return position.text("anchor").isPresent();
    }

    /** Reads the file once, to know where it ends. */
    private Shifted.Part lastPart(Duration follow) throws SourceException {
        Extent extent = Extent.of(config, file)
                .orElseThrow(() -> new SourceException(
                        ErrorKind.MISCONFIGURED,
                        "Cannot shift '" + file.written()
                                + "' to now: no row has a time in the declared column and unit"));
        Instant start = extent.last().minus(follow);
        if (start.isBefore(extent.first())) {
            start = extent.first();
        }
        return new Shifted.Part(start, extent.last(), Extent.rowsBefore(config, file, start));
    }
}
