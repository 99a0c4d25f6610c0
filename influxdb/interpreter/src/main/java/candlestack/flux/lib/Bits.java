package candlestack.flux.lib;

import candlestack.flux.value.Unsigned;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/** The package bitwise: on signed (s) and unsigned (u) integers. */
final class Bits {
    private Bits() {}

    static void register(PackageDefinition bitwise) {
        Map<String, LongBinaryOperator> operators = new LinkedHashMap<>();
        operators.put("and", (a, b) -> a & b);
        operators.put("or", (a, b) -> a | b);
        operators.put("xor", (a, b) -> a ^ b);
        operators.put("clear", (a, b) -> a & ~b);
        operators.put("lshift", (a, b) -> b < 0 || b > 63 ? 0 : a << b);
        operators.forEach((name, operator) -> {
            bitwise.function("s" + name, "a, b", call -> operator.applyAsLong(call.integer("a"), call.integer("b")));
            bitwise.function(
                    "u" + name,
                    "a, b",
                    call -> new Unsigned(operator.applyAsLong(
                            call.typed("a", Unsigned.class, "uint").bits(),
                            call.typed("b", Unsigned.class, "uint").bits())));
        });
        bitwise.function("snot", "a", call -> ~call.integer("a"))
                .function(
                        "unot",
                        "a",
                        call -> new Unsigned(
                                ~call.typed("a", Unsigned.class, "uint").bits()))
                .function("srshift", "a, b", call -> shiftedRight(call.integer("a"), call.integer("b")))
                .function("urshift", "a, b", call -> {
                    long by = call.typed("b", Unsigned.class, "uint").bits();
                    long bits = call.typed("a", Unsigned.class, "uint").bits();
                    return new Unsigned(by < 0 || by > 63 ? 0 : bits >>> by);
                });
    }

    private static long shiftedRight(long bits, long by) {
        return by < 0 || by > 63 ? bits >> 63 : bits >> by;
    }
}
