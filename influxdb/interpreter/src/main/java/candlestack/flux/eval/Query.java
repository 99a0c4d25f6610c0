package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.QueryOptions;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** One run of a query: its options, results and limits. Used by one thread. */
public final class Query {
    private static final int CHECK_EVERY = 1024;
    /** The one name that many results may have: the differences the package testing finds. */
    private static final String COMPARISONS = "errorOutput";

    private final QueryOptions options;
    private final List<Result> results = new ArrayList<>();
    private final IdentityHashMap<Column, int[]> held = new IdentityHashMap<>();
    private Scope.Globals globals = name -> null;
    private long memory;
    private int ticks;

    /** A stream to be run, under a name. */
    record Result(String name, TableStream stream) {}

    Query(QueryOptions options) {
        this.options = options;
    }

    void globals(Scope.Globals lookup) {
        this.globals = lookup;
    }

    public QueryOptions options() {
        return options;
    }

    /** What {@code now()} answers. */
    public Time now() {
        Object now = globals.find("now");
        if (now instanceof FunctionValue function && function.call(Map.of()) instanceof Time time) {
            return time;
        }
        throw FluxException.invalid("option 'now' must be a function that returns a time");
    }

    /** The value of the option {@code location}. */
    public Location location() {
        Object location = globals.find("location");
        if (location instanceof RecordValue record) {
            return Location.of(record);
        }
        throw FluxException.invalid("option 'location' must be a record");
    }

    /** Names a result. */
    public void addResult(String name, TableStream stream) {
        boolean taken = results.stream().anyMatch(result -> result.name().equals(name));
        if (taken && !name.equals(COMPARISONS)) {
            throw FluxException.invalid("more than one result has the name '" + name + "'; give each its own with"
                    + " yield(name: \"..\")");
        }
        results.add(new Result(name, stream));
    }

    List<Result> results() {
        return results;
    }

    /** Throws if the query is cancelled or out of time; looks at the clock now and then. */
    public void check() {
        if (++ticks % CHECK_EVERY == 1) {
            checkNow();
        }
    }

    /** The same, without delay. */
    public void checkNow() {
        if (options.cancelled().getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new FluxException(FluxException.Kind.CANCELLED, "the query was cancelled");
        }
        if (Instant.now().isAfter(options.deadline())) {
            throw new FluxException(FluxException.Kind.DEADLINE, "the query took too long and was given up");
        }
    }

    /** Counts memory that is about to be taken. */
    public void charge(long bytes) {
        memory += bytes;
        if (memory > options.memoryLimit()) {
            throw new FluxException(
                    FluxException.Kind.MEMORY,
                    "the query needs more than its limit of " + options.memoryLimit()
                            + " bytes; narrow the range, filter earlier or aggregate");
        }
    }

    /** Makes sure that there is room for memory that is soon given back. */
    public void chargeBriefly(long bytes) {
        charge(bytes);
        release(bytes);
    }

    public void release(long bytes) {
        memory -= bytes;
    }

    /** Counts a table's columns; one that is in several tables is counted once. */
    public void hold(Table table) {
        for (Column column : table.columns()) {
            if (!column.isConstant()) {
                int[] count = held.computeIfAbsent(column, c -> new int[1]);
                if (count[0]++ == 0) {
                    charge(column.bytes());
                }
            }
        }
    }

    /** Ends a {@link #hold}. */
    public void drop(Table table) {
        for (Column column : table.columns()) {
            int[] count = column.isConstant() ? null : held.get(column);
            if (count != null && --count[0] == 0) {
                held.remove(column);
                release(column.bytes());
            }
        }
    }
}
