package candlestack.flux;

import candlestack.flux.table.Table;

/** Takes a query's tables as they are made. Called on the query's thread. */
@FunctionalInterface
public interface ResultConsumer {
    /**
     * The next table. Tables of one result follow each other; the table may be kept.
     *
     * @param result the result's name, {@code _result} where the query names none
     */
    void table(String result, Table table);
}
