package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.Position;
import candlestack.flux.stream.TableStream;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Span;
import candlestack.flux.value.Time;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of one call of a function written in Java, by type. */
public final class Arguments {
    private final String function;
    private final Map<String, Object> values;
    private final Query query;
    private final Position position;

    Arguments(String function, Map<String, Object> values, Query query, Position position) {
        this.function = function;
        this.values = values;
        this.query = query;
        this.position = position;
    }

    /** The function's name, for messages. */
    public String function() {
        return function;
    }

    public Query query() {
        return query;
    }

    /** Where the call stands. */
    public Position position() {
        return position;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Object value(String name) {
        return values.get(name);
    }

    public Object value(String name, Object otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public TableStream stream(String name) {
        return typed(name, TableStream.class, "stream");
    }

    public FunctionValue function(String name) {
        return typed(name, FunctionValue.class, "function");
    }

    public RecordValue record(String name) {
        return typed(name, RecordValue.class, "record");
    }

    public String string(String name) {
        return typed(name, String.class, "string");
    }

    public String string(String name, String otherwise) {
        return has(name) ? string(name) : otherwise;
    }

    public long integer(String name) {
        return typed(name, Long.class, "int");
    }

    public long integer(String name, long otherwise) {
        return has(name) ? integer(name) : otherwise;
    }

    /** A count of rows or the like, which must be 0 or more. */
    public int count(String name) {
        long value = integer(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw invalid(name, "must not be negative, is " + value);
        }
        return (int) value;
    }

    public double number(String name) {
        return typed(name, Double.class, "float");
    }

    public double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    public boolean truth(String name, boolean otherwise) {
        return has(name) ? typed(name, Boolean.class, "bool") : otherwise;
    }

    public Span span(String name) {
        return typed(name, Span.class, "duration");
    }

    public Span span(String name, Span otherwise) {
        return has(name) ? span(name) : otherwise;
    }

    /** A time, or a duration that is added to now. */
    public Time time(String name) {
        return time(name, values.get(name));
    }

    private Time time(String name, Object value) {
        if (value instanceof Time time) {
            return time;
        }
        if (value instanceof Span span) {
            return span.addTo(query.now(), query.location().zone());
        }
        throw wrongType(name, "time or duration", value);
    }

    /** A time, a duration that is added to now, or seconds since the epoch. */
    public Time bound(String name) {
        return value(name) instanceof Long seconds ? new Time(seconds * 1_000_000_000L) : time(name);
    }

    public List<?> list(String name) {
        return typed(name, List.class, "array");
    }

    public List<String> strings(String name, List<String> otherwise) {
        return has(name) ? strings(name) : otherwise;
    }

    public List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw wrongType(name, "array of strings", element);
            }
            strings.add(text);
        }
        return strings;
    }

    /** The zone of the argument {@code location}, or of the option of that name. */
    public Location location() {
        return has("location") ? Location.of(record("location")) : query.location();
    }

    /** The value as a type, or an error that names the argument. */
    public <T> T typed(String name, Class<T> type, String typeName) {
        Object value = values.get(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrongType(name, typeName, value);
    }

    public FluxException wrongType(String name, String expected, Object value) {
        String actual = value == null || value instanceof Null ? "null" : Values.typeName(value);
        return invalid(name, "must be " + expected + ", is " + actual);
    }

    /** An error about an argument. */
    public FluxException invalid(String name, String problem) {
        return FluxException.invalid(position, "argument '" + name + "' of " + function + " " + problem);
    }

    /** An error about an argument that is Flux, but not supported. */
    public FluxException unsupported(String name, String problem) {
        return new FluxException(
                FluxException.Kind.UNSUPPORTED,
                position,
                "argument '" + name + "' of " + function + " " + problem + " is not supported");
    }

    /** Refuses an argument that is not supported, if it is given. */
    public void refuse(String name) {
        if (has(name)) {
            throw unsupported(name, "");
        }
    }

    /** A copy with an argument replaced. */
    public Arguments with(String name, Object value) {
        Map<String, Object> copy = new java.util.LinkedHashMap<>(values);
        copy.put(name, value);
        return new Arguments(function, copy, query, position);
    }

    /** The argument, if it is given. */
    public Optional<Object> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
