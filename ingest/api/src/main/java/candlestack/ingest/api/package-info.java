/**
 * What a source of data implements.
 *
 * <p>A source is found as a {@link candlestack.ingest.api.SourceFactory} by {@link java.util.ServiceLoader}. The host
 * creates a {@link candlestack.ingest.api.Source} from its configuration, opens it at a position and polls the
 * {@link candlestack.ingest.api.SourceReader} that comes back. Everything else is the host's: threads, retries,
 * back-pressure, topics, encoding, dead letters, metrics, and keeping positions.
 *
 * <p>Three rules carry the rest:
 *
 * <ol>
 *   <li><b>One thread.</b> The host calls {@code open}, {@code poll}, {@code acknowledged} and {@code close} of one
 *       instance from one thread, never two at once. An interrupt of that thread means "stop".
 *   <li><b>The same event has the same id</b>, whenever it is read again: see {@link candlestack.ingest.api.EventIds}.
 *   <li><b>A position stands for everything before it.</b> Opened at the position of a batch, a source goes on with
 *       what follows that batch. The host keeps a position only once Kafka has acknowledged all up to it.
 * </ol>
 *
 * <p>No parameter and no result is ever null; what may be absent is an {@link java.util.Optional}.
 */
package candlestack.ingest.api;
