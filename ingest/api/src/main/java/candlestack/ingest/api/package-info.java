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
 * <p><b>Time and numbers.</b> Every event says when it happened, by the clock of where it happened or, failing that, by
 * the source's ({@link candlestack.ingest.api.TimeOrigin}); never the time zone of the machine. Prices are decimal and in
 * the currency's whole unit, sizes in units of the symbol, the fields of a series in whatever unit its name says.
 *
 * <p><b>What goes wrong</b> is said by kind ({@link candlestack.ingest.api.ErrorKind}), which decides when the host tries
 * again. Input that is not understood is a {@link candlestack.ingest.api.Reject}, not an exception. Whatever else is
 * thrown, errors included, counts as a {@link candlestack.ingest.api.ErrorKind#PROTOCOL} and harms no other source.
 *
 * <p><b>Plugins.</b> A jar or folder under {@code plugins/} has a class loader of its own. It sees the JDK, this package
 * and its own classes and resources, and nothing else of the host: bring every library, in any version. A plugin cannot
 * end the process: {@code System.exit} throws.
 *
 * <p>The package has a version of its own, {@link candlestack.ingest.api.ApiVersion}.
 *
 * <p>No parameter and no result is ever null; what may be absent is an {@link java.util.Optional}.
 */
package candlestack.ingest.api;
