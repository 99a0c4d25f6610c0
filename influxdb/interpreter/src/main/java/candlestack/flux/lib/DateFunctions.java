package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.eval.Location;
import candlestack.flux.stream.Windows;
import candlestack.flux.table.DataType;
import candlestack.flux.value.Null;
import candlestack.flux.value.Span;
import candlestack.flux.value.Time;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.function.ToLongFunction;

/** The package date. */
final class DateFunctions {
    private DateFunctions() {}

    static void register(PackageDefinition date) {
        part(date, "nanosecond", t -> t.getNano());
        part(date, "microsecond", t -> t.getNano() / 1_000);
        part(date, "millisecond", t -> t.getNano() / 1_000_000);
        part(date, "second", OffsetDateTime::getSecond);
        part(date, "minute", OffsetDateTime::getMinute);
        part(date, "hour", OffsetDateTime::getHour);
        part(date, "weekDay", t -> t.getDayOfWeek().getValue() % 7);
        part(date, "monthDay", OffsetDateTime::getDayOfMonth);
        part(date, "yearDay", OffsetDateTime::getDayOfYear);
        part(date, "week", t -> t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        part(date, "month", OffsetDateTime::getMonthValue);
        part(date, "quarter", t -> t.get(IsoFields.QUARTER_OF_YEAR));
        part(date, "year", OffsetDateTime::getYear);
        date.function("truncate", "t, unit, ?location", DateFunctions::truncate)
                .function(
                        "time",
                        "t, ?location",
                        call -> new Time(call.location().toLocal(call.time("t").nanos())))
                .function("add", "d, to, ?location", call -> add(call, call.span("d"), call.time("to")))
                .function(
                        "sub",
                        "d, from, ?location",
                        call -> add(call, call.span("d").negate(), call.time("from")))
                .function("scale", "d, n", call -> call.span("d").times(call.integer("n")));
    }

    private static void part(PackageDefinition date, String name, ToLongFunction<OffsetDateTime> part) {
        date.function(name, "t, ?location", call -> {
            if (call.value("t") instanceof Null) {
                return Null.of(DataType.INTEGER);
            }
            long local = call.location().toLocal(call.time("t").nanos());
            return part.applyAsLong(new Time(local).instant().atOffset(ZoneOffset.UTC));
        });
    }

    private static Object truncate(Arguments call) {
        if (call.value("t") instanceof Null) {
            return Null.of(DataType.TIME);
        }
        Span unit = call.span("unit");
        Windows windows = new Windows(unit, unit, Span.ZERO, call.location());
        return new Time(windows.truncated(call.time("t").nanos()));
    }

    /** By the wall clock: a day is from midnight to midnight, whatever its length. */
    private static Time add(Arguments call, Span by, Time to) {
        Location location = call.location();
        Time moved = by.addTo(new Time(location.toLocal(to.nanos())), ZoneOffset.UTC);
        return new Time(location.toUtc(moved.nanos()));
    }
}
