package candlestack.ingest.runner;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Reject;

/** Writes the batches of one source to Kafka. The source's thread. */
final class Publisher {
    private final EventEncoder encoder;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final SourceStatus status;

    Publisher(EventEncoder encoder, DeadLetters deadLetters, Outbox outbox, SourceStatus status) {
        this.encoder = encoder;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.status = status;
    }

    /** Returns when all is queued, which may take as long as Kafka is away. If it throws, the rest never will be. */
    void publish(Batch batch, Deliveries deliveries) throws InterruptedException {
        Deliveries.Ticket ticket =
                deliveries.begin(batch.events().size() + batch.rejects().size(), batch.position());
        try {
            queue(batch, ticket, deliveries);
        } catch (InterruptedException | RuntimeException | Error e) {
            // What is queued arrives, of earlier batches too. If nobody waited, whoever goes on would send it again.
            ticket.breakOff();
            throw e;
        }
    }

    private void queue(Batch batch, Deliveries.Ticket ticket, Deliveries deliveries) throws InterruptedException {
        for (Event event : batch.events()) {
            try {
                send(encoder.encode(event), ticket, deliveries, status::countPublished);
            } catch (UnpublishableException e) {
                send(deadLetters.of(event, e), ticket, deliveries, status::countRejected);
            }
        }
        for (Reject reject : batch.rejects()) {
            send(deadLetters.of(reject), ticket, deliveries, status::countRejected);
        }
    }

    private void send(Message message, Deliveries.Ticket ticket, Deliveries deliveries, Runnable count)
            throws InterruptedException {
        int bytes = message.bytes();
        deliveries.awaitRoom(bytes);
        try {
            outbox.send(message, (metadata, problem) -> {
                if (problem == null) {
                    count.run();
                }
                ticket.complete(bytes, problem);
            });
        } catch (RuntimeException | Error e) {
            deliveries.giveBack(bytes);
            throw e;
        }
        ticket.gave();
    }
}
