package candlestack.ingest.feeds.http;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.TimeOrigin;
import candlestack.ingest.feeds.mapping.Draft;
import candlestack.ingest.feeds.mapping.Item;
import candlestack.ingest.feeds.mapping.MappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Makes batches of answers: what is new in them, in order of time. One thread. */
final class Answers {
    private static final int MOST_EVENTS = 5_000;

    private final String instance;
    private final HttpConfig config;
    private final Sent sent;
    private final String address;

    Answers(String instance, HttpConfig config, Sent sent) {
        this.instance = requireNonNull(instance, "instance is null");
        this.config = requireNonNull(config, "config is null");
        this.sent = requireNonNull(sent, "sent is null");
        // Without the query, which may have a key in it: a new key makes no item a new one.
        this.address = config.url().toString();
    }

    /**
     * The last batch has the position. None if nothing is new.
     *
     * @throws SourceException of kind PROTOCOL if the answer as a whole is not what is configured
     */
    Deque<Batch> batches(JsonNode document, Instant now) throws SourceException {
        List<Draft> drafts = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        for (JsonNode json : items(document)) {
            take(json, now, drafts, rejects);
        }
        // Answers often begin with what is newest; what is older would come late then.
        drafts.sort(Comparator.comparing(Draft::time));
        List<Event> events =
                drafts.stream().map(draft -> draft.event(id(draft))).toList();
        return split(events, rejects);
    }

    private List<JsonNode> items(JsonNode document) throws SourceException {
        try {
            return config.mapping().items(document);
        } catch (MappingException e) {
            throw new SourceException(
                    ErrorKind.PROTOCOL,
                    "Cannot understand the answer of " + Verdict.place(config.address()) + ": " + e.getMessage(),
                    e);
        }
    }

    private void take(JsonNode json, Instant now, List<Draft> drafts, List<Reject> rejects) {
        try {
            Draft draft = config.mapping().draft(Item.of(json, now));
            boolean repeats = draft.origin() == TimeOrigin.OBSERVED
                    && draft.ownId().isEmpty()
                    && config.unchanged() == HttpOptions.Unchanged.SEND;
            if (repeats || sent.isNews(identity(draft).number(), content(draft).number())) {
                drafts.add(draft);
            }
        } catch (MappingException e) {
            String raw = json.toString();
            if (sent.isNews(new Digest().add(address).add(raw).number(), 0)) {
                String id = instance + '/' + new Digest().add(address).add(raw).text();
                String reason = "Cannot read an item of " + Verdict.place(config.address()) + ": " + e.getMessage();
                rejects.add(Reject.of(id, reason, raw));
            }
        }
    }

    /** What is the same for one item at each poll, whatever it says. */
    private Digest identity(Draft draft) {
        Digest digest = new Digest().add(address).add(draft.subject());
        if (draft.ownId().isPresent()) {
            return digest.add("id").add(draft.ownId().get());
        }
        return digest.add(draft.texts())
                .add(draft.origin() == TimeOrigin.OBSERVED ? "" : draft.time().toString());
    }

    /** What may be corrected; an item with an id of its own is never another one. */
    private static Digest content(Draft draft) {
        return draft.ownId().isPresent() ? new Digest() : new Digest().add(draft.numbers());
    }

    private String id(Draft draft) {
        Digest digest = identity(draft);
        if (draft.ownId().isEmpty()) {
            digest.add(draft.time().toString()).add(draft.numbers());
        }
        return instance + '/' + digest.text();
    }

    private Deque<Batch> split(List<Event> events, List<Reject> rejects) {
        Deque<Batch> batches = new ArrayDeque<>();
        for (int from = 0; from < events.size(); from += MOST_EVENTS) {
            List<Event> part = events.subList(from, Math.min(from + MOST_EVENTS, events.size()));
            batches.add(Batch.of(part));
        }
        if (!events.isEmpty() || !rejects.isEmpty()) {
            List<Event> last =
                    batches.isEmpty() ? List.of() : batches.removeLast().events();
            batches.add(new Batch(last, rejects, Optional.of(sent.position())));
        }
        return batches;
    }
}
