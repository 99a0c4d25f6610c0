package candlestack.flux.eval;

/** Marks a stream that is a named result already, so that the statement it ends makes none. */
public interface Yielded {}
