package candlestack.ingest.feeds.kafka;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Event;
import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.feeds.mapping.Draft;
import candlestack.ingest.feeds.mapping.Item;
import candlestack.ingest.feeds.mapping.Json;
import candlestack.ingest.feeds.mapping.Mapping;
import candlestack.ingest.feeds.mapping.MappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Makes events of records. One thread. */
final class Records {
    /** Room for the items of one record among the numbers of its partition. */
    private static final int MOST_ITEMS = 1000;

    private static final byte[] NOTHING = {};

    private final SourceContext context;
    private final Mapping mapping;
    private final Progress progress;

    Records(SourceContext context, Mapping mapping, Progress progress) {
        this.context = requireNonNull(context, "context is null");
        this.mapping = requireNonNull(mapping, "mapping is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Adds what the record gives. */
    void take(ConsumerRecord<byte[], byte[]> record, List<Event> events, List<Reject> rejects) {
        byte[] value = record.value() == null ? NOTHING : record.value();
        try {
            List<JsonNode> items = mapping.items(Json.parse(value));
            if (items.size() > MOST_ITEMS) {
                rejects.add(reject(
                        record, 0, items.size() + " items are more than the " + MOST_ITEMS + " of a record", value));
                return;
            }
            Map<String, String> attributes = attributes(record);
            for (int index = 0; index < items.size(); index++) {
                take(record, index, items.get(index), attributes, events, rejects);
            }
        } catch (MappingException e) {
            rejects.add(reject(record, 0, e.getMessage(), value));
        }
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record,
            int index,
            JsonNode json,
            Map<String, String> attributes,
            List<Event> events,
            List<Reject> rejects) {
        try {
            Instant stamped = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
            Draft draft = mapping.draft(new Item(json, stamped, context.clock().instant(), attributes));
            String id = draft.ownId().map(this::foreign).orElseGet(() -> numbered(record, index));
            events.add(draft.event(id));
        } catch (MappingException e) {
            rejects.add(reject(record, index, e.getMessage(), json.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Reject reject(ConsumerRecord<byte[], byte[]> record, int index, String reason, byte[] raw) {
        String place = record.topic() + "-" + record.partition() + " at offset " + record.offset();
        return new Reject(numbered(record, index), "Cannot read a record of " + place + ": " + reason, raw);
    }

    /** Others may well number theirs by a "#", in whatever order: it must not end as the id of a stream of ours does. */
    private String foreign(String own) {
        return context.instance() + '/' + own + '.';
    }

    /** The topic's own id is in the stream's name: a topic that is made anew begins again at offset 0. */
    private String numbered(ConsumerRecord<byte[], byte[]> record, int index) {
        String stream = context.instance()
                + '/'
                + record.topic()
                + '-'
                + record.partition()
                + '/'
                + progress.topicId(record.topic());
        return EventIds.numbered(stream, record.offset() * MOST_ITEMS + index);
    }

    private static Map<String, String> attributes(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> attributes = new HashMap<>();
        if (record.key() != null) {
            attributes.put(KafkaOptions.KEY, new String(record.key(), StandardCharsets.UTF_8));
        }
        for (Header header : record.headers()) {
            if (header.value() != null) {
                attributes.put(KafkaOptions.HEADER + header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return attributes;
    }
}
