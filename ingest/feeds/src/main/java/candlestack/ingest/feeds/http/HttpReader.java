package candlestack.ingest.feeds.http;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.http.Connections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Polls when it is time to, and gives what came. */
final class HttpReader implements SourceReader {
    private final SourceContext context;
    private final HttpConfig config;
    private final Connections connections;
    private final Answers answers;

    private Deque<Batch> ready = new ArrayDeque<>();
    private Optional<Exchange> exchange = Optional.empty();
    private Exchange.Known known = Exchange.Known.NOTHING;
    private Instant due;

    /** Owns the connections from now on. */
    HttpReader(SourceContext context, HttpConfig config, Connections connections, Answers answers) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.answers = requireNonNull(answers, "answers is null");
        this.due = context.clock().instant();
    }

    @Override
    public Batch poll(Duration maxWait) throws SourceException, InterruptedException {
        if (!ready.isEmpty()) {
            return ready.remove();
        }
        if (exchange.isEmpty() && !awaitDue(maxWait)) {
            return Batch.empty();
        }
        if (exchange.isEmpty()) {
            due = context.clock().instant().plus(config.interval());
            exchange = Optional.of(Exchange.start(connections, config, known));
        }
        Optional<Exchange.Answer> answer = exchange.get().await(maxWait);
        if (answer.isEmpty()) {
            return Batch.empty();
        }
        exchange = Optional.empty();
        take(answer.get());
        return ready.isEmpty() ? Batch.empty() : ready.remove();
    }

    private void take(Exchange.Answer answer) throws SourceException {
        if (answer.document().isPresent()) {
            ready = answers.batches(answer.document().get(), context.clock().instant());
            // An item that is as it was may be wanted again: then every answer is.
            known = config.unchanged() == HttpOptions.Unchanged.SEND ? Exchange.Known.NOTHING : answer.known();
        }
    }

    @Override
    public void close() {
        exchange.ifPresent(Exchange::cancel);
        connections.close();
    }

    /** Whether it is time to poll, after waiting for that no longer than {@code maxWait}. */
    private boolean awaitDue(Duration maxWait) throws InterruptedException {
        Duration left = Duration.between(context.clock().instant(), due);
        if (left.isNegative() || left.isZero()) {
            return true;
        }
        context.pause(left.compareTo(maxWait) < 0 ? left : maxWait);
        return !context.clock().instant().isBefore(due);
    }
}
