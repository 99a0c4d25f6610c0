package candlestack.flux.eval;

/** An expression made ready to run. */
@FunctionalInterface
interface Code {
    Object run(Scope scope);
}
