package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.table.DataType;
import candlestack.flux.value.DictValue;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Span;
import candlestack.flux.value.Values;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** The packages on plain values: math, regexp, dict, array, types, timezone. */
final class Packages {
    private static final long BYTES_AN_ELEMENT = 8;

    private Packages() {}

    static void register(Function<String, PackageDefinition> define) {
        math(define.apply("math"));
        regexp(define.apply("regexp"));
        dict(define.apply("dict"));
        array(define.apply("array"));
        array(define.apply("experimental/array"));
        types(define.apply("types"));
        Bits.register(define.apply("bitwise"));
        Bits.register(define.apply("experimental/bitwise"));
        define.apply("experimental/record")
                .function("get", "r, key, default", call -> {
                    RecordValue record = call.record("r");
                    return record.has(call.string("key")) ? record.get(call.string("key")) : call.value("default");
                })
                .value("any", RecordValue.of(Map.of()));
        define.apply("timezone")
                .value("utc", RecordValue.of(Map.of("zone", "UTC", "offset", Span.ZERO)))
                .function(
                        "fixed", "offset", call -> RecordValue.of(Map.of("zone", "UTC", "offset", call.span("offset"))))
                .function(
                        "location",
                        "name",
                        call -> RecordValue.of(Map.of("zone", call.string("name"), "offset", Span.ZERO)));
        StringFunctions.register(define.apply("strings"));
        DateFunctions.register(define.apply("date"));
    }

    private static void math(PackageDefinition math) {
        Map<String, DoubleUnaryOperator> functions = new LinkedHashMap<>();
        functions.put("abs", Math::abs);
        functions.put("acos", Math::acos);
        functions.put("acosh", x -> Math.log(x + Math.sqrt(x * x - 1)));
        functions.put("asin", Math::asin);
        functions.put("asinh", x -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x));
        functions.put("atan", Math::atan);
        functions.put("atanh", x -> 0.5 * Math.log((1 + x) / (1 - x)));
        functions.put("cbrt", Math::cbrt);
        functions.put("ceil", Math::ceil);
        functions.put("cos", Math::cos);
        functions.put("cosh", Math::cosh);
        functions.put("exp", Math::exp);
        functions.put("exp2", x -> Math.pow(2, x));
        functions.put("expm1", Math::expm1);
        functions.put("floor", Math::floor);
        functions.put("log", Math::log);
        functions.put("log10", Math::log10);
        functions.put("log1p", Math::log1p);
        functions.put("log2", x -> Math.log(x) / Math.log(2));
        functions.put("round", x -> Math.copySign(Math.floor(Math.abs(x) + 0.5), x));
        functions.put("roundtoeven", Math::rint);
        functions.put("sin", Math::sin);
        functions.put("sinh", Math::sinh);
        functions.put("sqrt", Math::sqrt);
        functions.put("tan", Math::tan);
        functions.put("tanh", Math::tanh);
        functions.put("trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x));
        functions.forEach((name, function) -> math.function(
                name,
                "x",
                call -> call.value("x") instanceof Null
                        ? call.value("x")
                        : (Object) function.applyAsDouble(call.number("x"))));
        math.function("pow", "x, y", call -> Math.pow(call.number("x"), call.number("y")))
                .function("atan2", "x, y", call -> Math.atan2(call.number("y"), call.number("x")))
                .function("hypot", "x, y", call -> Math.hypot(call.number("x"), call.number("y")))
                .function("mod", "x, y", call -> call.number("x") % call.number("y"))
                .function("mMax", "x, y", call -> Math.max(call.number("x"), call.number("y")))
                .function("mMin", "x, y", call -> Math.min(call.number("x"), call.number("y")))
                .function("isNaN", "f", call -> Double.isNaN(call.number("f")))
                .function(
                        "isInf",
                        "f, sign",
                        call -> Double.isInfinite(call.number("f"))
                                && (call.integer("sign") == 0 || call.integer("sign") > 0 == call.number("f") > 0))
                .function("NaN", "", call -> Double.NaN)
                .function(
                        "mInf",
                        "sign",
                        call -> call.integer("sign") >= 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)
                .value("pi", Math.PI)
                .value("e", Math.E)
                .value("sqrt2", Math.sqrt(2))
                .value("ln2", Math.log(2))
                .value("ln10", Math.log(10))
                .value("maxfloat", Double.MAX_VALUE)
                .function("dim", "x, y", call -> Math.max(call.number("x") - call.number("y"), 0))
                .function("remainder", "x, y", call -> Math.IEEEremainder(call.number("x"), call.number("y")))
                .value("smallestNonzeroFloat", Double.MIN_VALUE)
                .value("maxuint", new candlestack.flux.value.Unsigned(-1))
                .value("maxint", Long.MAX_VALUE)
                .value("minint", Long.MIN_VALUE);
    }

    private static Pattern pattern(Arguments call) {
        return call.typed("r", Pattern.class, "regexp");
    }

    private static void regexp(PackageDefinition regexp) {
        regexp.function("compile", "v", call -> {
                    try {
                        return Pattern.compile(call.string("v"));
                    } catch (com.google.re2j.PatternSyntaxException e) {
                        throw call.invalid("v", "is no regular expression: " + e.getMessage());
                    }
                })
                .function("quoteMeta", "v", call -> Pattern.quote(call.string("v")))
                .function("findString", "r, v", call -> {
                    Matcher matcher = pattern(call).matcher(call.string("v"));
                    return matcher.find() ? matcher.group() : "";
                })
                .function("findStringIndex", "r, v", call -> {
                    Matcher matcher = pattern(call).matcher(call.string("v"));
                    return matcher.find() ? List.of((long) matcher.start(), (long) matcher.end()) : List.of();
                })
                .function(
                        "matchRegexpString",
                        "r, v",
                        call -> pattern(call).matcher(call.string("v")).find())
                .function(
                        "replaceAllString",
                        "r, v, t",
                        call -> pattern(call).matcher(call.string("v")).replaceAll(call.string("t")))
                .function("splitRegexp", "r, v, i", call -> split(pattern(call), call.string("v"), call.integer("i")))
                .function("getString", "r", call -> pattern(call).pattern());
    }

    private static List<Object> split(Pattern pattern, String text, long limit) {
        List<Object> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while ((limit < 0 || parts.size() < limit - 1) && matcher.find()) {
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        if (limit != 0) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private static DictValue entries(Arguments call) {
        return call.typed("dict", DictValue.class, "dictionary");
    }

    private static void dict(PackageDefinition dict) {
        dict.function("get", "dict, key, default", call -> {
                    Object value = entries(call).entries().get(call.value("key"));
                    return value == null ? call.value("default") : value;
                })
                .function("insert", "dict, key, value", call -> {
                    Map<Object, Object> copy = new LinkedHashMap<>(entries(call).entries());
                    copy.put(call.value("key"), call.value("value"));
                    return new DictValue(copy);
                })
                .function("remove", "dict, key", call -> {
                    Map<Object, Object> copy = new LinkedHashMap<>(entries(call).entries());
                    copy.remove(call.value("key"));
                    return new DictValue(copy);
                })
                .function("fromList", "pairs", call -> {
                    Map<Object, Object> entries = new LinkedHashMap<>();
                    for (Object pair : call.list("pairs")) {
                        if (!(pair instanceof RecordValue record)) {
                            throw call.wrongType("pairs", "array of records", pair);
                        }
                        entries.put(record.get("key"), record.get("value"));
                    }
                    return new DictValue(entries);
                });
    }

    private static void array(PackageDefinition array) {
        array.function("from", "<-rows", Sources::fromRecords)
                .function("concat", "<-arr, v", call -> {
                    List<?> first = call.list("arr");
                    List<?> second = call.list("v");
                    call.query().charge(BYTES_AN_ELEMENT * (first.size() + second.size()));
                    List<Object> all = new ArrayList<>(first);
                    all.addAll(second);
                    return all;
                })
                .function("map", "<-arr, fn", call -> {
                    FunctionValue fn = call.function("fn");
                    List<Object> results = new ArrayList<>();
                    call.list("arr").forEach(element -> results.add(fn.call("x", element)));
                    return results;
                })
                .function("filter", "<-arr, fn", call -> {
                    FunctionValue fn = call.function("fn");
                    List<Object> results = new ArrayList<>(call.list("arr"));
                    results.removeIf(element -> !fn.call("x", element).equals(true));
                    return results;
                });
        conversion(array, "toInt", Conversions::toInt);
        conversion(array, "toUInt", Conversions::toUnsigned);
        conversion(array, "toFloat", Conversions::toFloat);
        conversion(array, "toString", Conversions::toText);
        conversion(array, "toBool", Conversions::toBool);
        conversion(array, "toTime", Conversions::toTime);
        conversion(array, "toDuration", Conversions::toDuration);
    }

    private static void conversion(PackageDefinition array, String name, Function<Object, Object> conversion) {
        array.function(name, "<-arr", call -> {
            List<Object> results = new ArrayList<>();
            call.list("arr").forEach(element -> results.add(conversion.apply(element)));
            return results;
        });
    }

    private static void types(PackageDefinition types) {
        types.function("isType", "v, type", call -> {
                    String type = call.string("type");
                    List<String> known =
                            List.of("string", "bytes", "int", "uint", "float", "bool", "time", "duration", "regexp");
                    if (!known.contains(type)) {
                        throw FluxException.invalid(call.position(), "types.isType: unknown type \"" + type + "\"");
                    }
                    return Values.typeName(call.value("v")).equals(type);
                })
                .function(
                        "isNumeric",
                        "v",
                        call -> Values.columnType(call.value("v"))
                                .map(DataType::isNumeric)
                                .orElse(false));
    }
}
