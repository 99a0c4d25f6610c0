package candlestack.flux;

import candlestack.flux.eval.Program;
import candlestack.flux.storage.StorageException;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.syntax.Parser;
import candlestack.flux.syntax.SourceFile;

/** Parses and runs queries. Stateless; safe for use by many threads. */
public final class Flux {
    private Flux() {}

    /**
     * Parses a text.
     *
     * @throws FluxException of kind SYNTAX, the message starting with {@code line:column}
     */
    public static SourceFile parse(String source) {
        try {
            return Parser.parse(source);
        } catch (StackOverflowError e) {
            throw new FluxException(FluxException.Kind.SYNTAX, Position.START, "the text is nested too deeply");
        }
    }

    /**
     * Runs a query on the caller's thread and returns when its last table is handed on. Tables are made while they are
     * handed on, so an error may follow some of them. An exception of the consumer ends the query and comes through.
     *
     * @throws FluxException if the query is wrong, not supported, or exceeds a limit of the options
     */
    public static void execute(String source, QueryOptions options, ResultConsumer consumer) {
        execute(parse(source), options, consumer);
    }

    /** The same for a text that is parsed already. */
    public static void execute(SourceFile file, QueryOptions options, ResultConsumer consumer) {
        try {
            Program.execute(file, options, consumer);
        } catch (StorageException e) {
            throw StorageStream.translated(e);
        } catch (StackOverflowError e) {
            throw FluxException.invalid("the query is nested too deeply");
        } catch (OutOfMemoryError e) { // a last resort: what is large is counted before it is made
            throw new FluxException(FluxException.Kind.MEMORY, "the query needs more memory than there is");
        }
    }
}
