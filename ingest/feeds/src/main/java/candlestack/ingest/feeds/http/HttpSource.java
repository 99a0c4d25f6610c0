package candlestack.ingest.feeds.http;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.Diagnosis.Outcome;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.feeds.mapping.Draft;
import candlestack.ingest.feeds.mapping.Item;
import candlestack.ingest.feeds.mapping.MappingException;
import candlestack.ingest.http.Connections;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One address, as configured. */
final class HttpSource implements Source {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration DIAGNOSE_WITHIN = Duration.ofSeconds(20);

    private final SourceContext context;
    private final HttpConfig config;

    HttpSource(SourceContext context, HttpConfig config) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    public SourceReader open(Optional<Position> position) throws SourceException, InterruptedException {
        Sent sent = Sent.from(position);
        Connections connections = Connections.open("feed-" + context.instance(), CONNECT_WITHIN);
        Answers answers = new Answers(context.instance(), config, sent);
        return new HttpReader(context, config, connections, answers);
    }

    /** Polls once and says what would come of it. */
    @Override
    public List<Diagnosis> diagnose() throws InterruptedException {
        List<Diagnosis> found = new ArrayList<>();
        try (Connections connections = Connections.open("feed-" + context.instance(), CONNECT_WITHIN)) {
            Exchange exchange = Exchange.start(connections, config, Exchange.Known.NOTHING);
            Optional<Exchange.Answer> answer = Optional.empty();
            long deadline = System.nanoTime() + DIAGNOSE_WITHIN.toNanos();
            while (answer.isEmpty() && System.nanoTime() < deadline) {
                answer = exchange.await(Duration.ofSeconds(1));
            }
            if (answer.isEmpty()) {
                found.add(new Diagnosis("answer", Outcome.FAILED, "none within " + DIAGNOSE_WITHIN.toSeconds() + " s"));
            } else {
                found.add(new Diagnosis("answer", Outcome.WELL, "JSON"));
                items(answer.get().document().orElseThrow(), found);
            }
        } catch (SourceException e) {
            found.add(new Diagnosis("answer", Outcome.FAILED, e.getMessage()));
        }
        return found;
    }

    private void items(JsonNode document, List<Diagnosis> found) {
        try {
            List<JsonNode> items = config.mapping().items(document);
            Outcome outcome = items.isEmpty() ? Outcome.WARNING : Outcome.WELL;
            found.add(new Diagnosis("items", outcome, Integer.toString(items.size())));
            if (!items.isEmpty()) {
                Draft first = config.mapping()
                        .draft(Item.of(items.get(0), context.clock().instant()));
                found.add(new Diagnosis("first item", Outcome.WELL, described(first)));
            }
        } catch (MappingException e) {
            found.add(new Diagnosis("items", Outcome.FAILED, e.getMessage()));
        }
    }

    private static String described(Draft draft) {
        return draft.subject() + " " + draft.texts() + " at " + draft.time() + ": " + draft.numbers();
    }
}
