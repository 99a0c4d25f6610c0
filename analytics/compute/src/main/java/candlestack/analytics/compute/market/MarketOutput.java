package candlestack.analytics.compute.market;

/** Where bars and signals go, in the order in which they are to be read. */
public interface MarketOutput {
    void bar(Bar bar);

    void signal(Signal signal);
}
