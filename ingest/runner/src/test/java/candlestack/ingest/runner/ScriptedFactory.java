package candlestack.ingest.runner;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** A source that does what a test tells it to. */
final class ScriptedFactory implements SourceFactory {
    static final Option<Long> COUNT =
            Option.number("count", 0, 1_000_000, "How many.").withDefault("3");
    static final Option<Optional<String>> TOKEN =
            Option.text("token", "Who asks.").secret().optional();

    private final String name;
    private final Script script;
    private final long history;

    /** Where it was opened, in order. */
    final List<Optional<Position>> opened = new CopyOnWriteArrayList<>();
    /** What the host acknowledged, in order. */
    final List<Position> acknowledged = new CopyOnWriteArrayList<>();

    /** What a poll gives, from the number of the next event on. */
    interface Script {
        Batch poll(SourceContext context, long next) throws SourceException, InterruptedException;
    }

    ScriptedFactory(String name, Script script) {
        this(name, script, 0);
    }

    /** @param history how many events lie there before it starts */
    ScriptedFactory(String name, Script script, long history) {
        this.name = name;
        this.script = script;
        this.history = history;
    }

    static Position position(long next) {
        return Position.of("next", next);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "What a test needs.";
    }

    @Override
    public ConfigSpec config() {
        return ConfigSpec.of(COUNT, TOKEN);
    }

    @Override
    public ResumeKind resume() {
        return ResumeKind.EXACT;
    }

    @Override
    public Source create(SourceContext context) {
        return position -> {
            opened.add(position);
            return new Reader(context, position.isPresent() ? position.get().number("next") : 0);
        };
    }

    /** The plan to run it under its own name with its defaults. */
    Plan plan() {
        Plan.Ready ready = new Plan.Ready(this, bound());
        return new Plan(name, name, Plan.Enablement.ENABLED, Optional.of(ready), List.of());
    }

    private Config bound() {
        try {
            return config().bind(Map.of());
        } catch (InvalidConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Reader implements SourceReader {
        private final SourceContext context;
        private long next;

        private Reader(SourceContext context, long next) {
            this.context = context;
            this.next = next;
        }

        @Override
        public Batch poll(Duration maxWait) throws SourceException, InterruptedException {
            Batch batch = script.poll(context, next);
            if (batch.isEmpty()) {
                context.pause(Duration.ofMillis(5));
            }
            if (batch.position().isPresent()) {
                next = batch.position().get().number("next");
            }
            return batch;
        }

        @Override
        public void acknowledged(Position position) {
            acknowledged.add(position);
        }

        @Override
        public OptionalLong backlog() {
            return history == 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, history - next));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
