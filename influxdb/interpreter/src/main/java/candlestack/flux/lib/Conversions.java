package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.syntax.Literals;
import candlestack.flux.table.DataType;
import candlestack.flux.value.Bytes;
import candlestack.flux.value.Display;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Span;
import candlestack.flux.value.Time;
import candlestack.flux.value.Unsigned;
import candlestack.flux.value.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of one type made of another, and the universe's functions on plain values. */
final class Conversions {
    private Conversions() {}

    static void register(PackageDefinition universe) {
        universe.value("true", true)
                .value("false", false)
                .value("inf", Span.INFINITE)
                .value("location", RecordValue.of(Map.of("zone", "UTC", "offset", Span.ZERO)))
                .function("int", "v", call -> toInt(call.value("v")))
                .function("uint", "v", call -> toUnsigned(call.value("v")))
                .function("float", "v", call -> toFloat(call.value("v")))
                .function("string", "v", call -> toText(call.value("v")))
                .function("bool", "v", call -> toBool(call.value("v")))
                .function("time", "v", call -> toTime(call.value("v")))
                .function("duration", "v", call -> toDuration(call.value("v")))
                .function("bytes", "v", call -> toBytes(call.value("v")))
                .function("display", "v", call -> Display.of(call.value("v")))
                .function(
                        "contains",
                        "value, set",
                        call -> call.list("set").stream()
                                .anyMatch(element -> Values.same(element, call.value("value"))))
                .function("length", "<-arr", call -> (long) call.list("arr").size())
                .function("die", "msg", call -> {
                    throw FluxException.invalid(call.string("msg"));
                })
                .function("linearBins", "start, width, count, ?infinity", Conversions::linearBins)
                .function("logarithmicBins", "start, factor, count, ?infinity", Conversions::logarithmicBins);
    }

    static Object toInt(Object value) {
        if (value instanceof Null) {
            return Null.of(DataType.INTEGER);
        }
        if (value instanceof Long) {
            return value;
        }
        if (value instanceof Double number) {
            return number.longValue();
        }
        if (value instanceof Unsigned number) {
            return number.bits();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (value instanceof Time time) {
            return time.nanos();
        }
        if (value instanceof Span span && span.months() == 0) {
            return span.signedNanos();
        }
        if (value instanceof String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw cannot(value, "int");
            }
        }
        throw cannot(value, "int");
    }

    static Object toUnsigned(Object value) {
        if (value instanceof Null) {
            return Null.of(DataType.UNSIGNED);
        }
        if (value instanceof Unsigned) {
            return value;
        }
        if (value instanceof Double number) {
            return new Unsigned(new BigDecimal(number).toBigInteger().longValue());
        }
        if (value instanceof String text) {
            try {
                return new Unsigned(Long.parseUnsignedLong(text));
            } catch (NumberFormatException e) {
                throw cannot(value, "uint");
            }
        }
        return new Unsigned((Long) toInt(value));
    }

    static Object toFloat(Object value) {
        if (value instanceof Null) {
            return Null.of(DataType.FLOAT);
        }
        if (Values.isNumber(value)) {
            return Values.number(value);
        }
        if (value instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        }
        if (value instanceof String text) {
            return parseFloat(text);
        }
        throw cannot(value, "float");
    }

    private static Double parseFloat(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> parseFinite(text);
        };
    }

    private static Double parseFinite(String text) {
        try {
            char last = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
            if (!Character.isDigit(last) && last != '.') {
                throw new NumberFormatException(text);
            }
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw cannot(text, "float");
        }
    }

    static Object toText(Object value) {
        if (value instanceof Null) {
            return Null.of(DataType.STRING);
        }
        if (value instanceof Bytes bytes) {
            return bytes.text();
        }
        if (Values.columnType(value).isEmpty()) {
            throw cannot(value, "string");
        }
        return Values.display(value);
    }

    static Object toBool(Object value) {
        if (value instanceof Null) {
            return Null.of(DataType.BOOLEAN);
        }
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof String text && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        if (Values.isNumber(value) && (Values.number(value) == 0 || Values.number(value) == 1)) {
            return Values.number(value) == 1;
        }
        throw cannot(value, "bool");
    }

    static Object toTime(Object value) {
        if (value instanceof Null) {
            return Null.of(DataType.TIME);
        }
        if (value instanceof Time) {
            return value;
        }
        if (value instanceof Long nanos) {
            return new Time(nanos);
        }
        if (value instanceof Unsigned nanos) {
            return new Time(nanos.bits() < 0 ? Long.MAX_VALUE : nanos.bits());
        }
        if (value instanceof String text) {
            return Literals.time(text).orElseThrow(() -> cannot(value, "time"));
        }
        throw cannot(value, "time");
    }

    static Object toDuration(Object value) {
        if (value instanceof Null) {
            return Null.of(DataType.DURATION);
        }
        if (value instanceof Span) {
            return value;
        }
        if (value instanceof Long nanos) {
            return Span.ofNanos(nanos);
        }
        if (value instanceof Unsigned nanos) {
            return Span.ofNanos(nanos.bits());
        }
        if (value instanceof String text) {
            return Literals.duration(text).orElseThrow(() -> cannot(value, "duration"));
        }
        throw cannot(value, "duration");
    }

    private static Object toBytes(Object value) {
        if (value instanceof String text) {
            return Bytes.of(text);
        }
        throw cannot(value, "bytes");
    }

    private static FluxException cannot(Object value, String type) {
        String shown = Values.columnType(value).isPresent() ? " \"" + Values.display(value) + "\"" : "";
        return FluxException.invalid("cannot convert " + Values.typeName(value) + shown + " to " + type);
    }

    private static Object linearBins(Arguments call) {
        double start = call.number("start");
        double width = call.number("width");
        return bins(call, i -> start + i * width);
    }

    private static Object logarithmicBins(Arguments call) {
        double start = call.number("start");
        double factor = call.number("factor");
        return bins(call, i -> start * Math.pow(factor, i));
    }

    private static List<Object> bins(Arguments call, java.util.function.IntToDoubleFunction bin) {
        int count = call.count("count");
        call.query().chargeBriefly(24L * count);
        List<Object> bins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            call.query().check();
            bins.add(bin.applyAsDouble(i));
        }
        if (call.truth("infinity", true)) {
            bins.add(Double.POSITIVE_INFINITY);
        }
        return bins;
    }
}
