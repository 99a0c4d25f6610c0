package candlestack.flux.stream;

import static java.util.Objects.requireNonNull;

import candlestack.flux.FluxException;
import candlestack.flux.Position;
import candlestack.flux.eval.Arguments;
import candlestack.flux.eval.Query;
import candlestack.flux.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A stream of tables that is made anew each time it is run: nothing is read before. */
public class TableStream {
    private final Query query;
    private final Position position;
    private final Optional<Bounds> bounds;
    private final Source source;

    /** Makes the tables and hands each to the sink, on the caller's thread. */
    @FunctionalInterface
    public interface Source {
        void run(Consumer<Table> sink);
    }

    public TableStream(Query query, Position position, Optional<Bounds> bounds, Source source) {
        this.query = requireNonNull(query, "query is null");
        this.position = requireNonNull(position, "position is null");
        this.bounds = requireNonNull(bounds, "bounds is null");
        this.source = requireNonNull(source, "source is null");
    }

    /** What a call makes of its input; the input's time range stays. */
    public static TableStream derived(Arguments call, TableStream input, Source source) {
        return new TableStream(call.query(), call.position(), input.bounds(), source);
    }

    /** What a call makes of its input, table by table. */
    public static TableStream mapped(Arguments call, TableStream input, UnaryOperator<Table> change) {
        return derived(call, input, sink -> input.run(table -> sink.accept(change.apply(table))));
    }

    public Query query() {
        return query;
    }

    public Position position() {
        return position;
    }

    /** The range the tables' times lie in, where {@code range} has set one. */
    public Optional<Bounds> bounds() {
        return bounds;
    }

    /** Hands all tables to the sink. */
    public void run(Consumer<Table> sink) {
        run(source, sink);
    }

    final void run(Source tables, Consumer<Table> sink) {
        try {
            tables.run(table -> {
                query.check();
                query.hold(table);
                sink.accept(table);
                query.drop(table);
            });
        } catch (FluxException e) {
            throw e.at(position);
        }
    }

    /** All tables at once; the caller drops them when it has done with them. */
    public List<Table> collect() {
        List<Table> tables = new ArrayList<>();
        run(table -> {
            query.hold(table);
            tables.add(table);
        });
        return tables;
    }
}
