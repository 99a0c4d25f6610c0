package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.table.DataType;
import candlestack.flux.value.Null;
import candlestack.flux.value.Span;
import candlestack.flux.value.Unsigned;
import candlestack.flux.value.Values;
import com.google.re2j.Pattern;

/** The operators on values. A missing operand makes the result missing. */
final class Operators {
    private Operators() {}

    static Object binary(String operator, Object left, Object right) {
        boolean comparison = isComparison(operator);
        if (left instanceof Null || right instanceof Null) {
            if (comparison) {
                return Null.of(DataType.BOOLEAN);
            }
            Object known = left instanceof Null missing && missing.type().isEmpty() ? right : left;
            return Values.columnType(known).map(Null::of).orElse(Null.UNKNOWN);
        }
        return comparison ? compare(operator, left, right) : arithmetic(operator, left, right);
    }

    private static boolean isComparison(String operator) {
        return switch (operator) {
            case "==", "!=", "<", "<=", ">", ">=", "=~", "!~" -> true;
            default -> false;
        };
    }

    private static Object compare(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "=~" -> matches(left, right);
            case "!~" -> !matches(left, right);
            default -> ordered(operator, left, right);
        };
    }

    private static boolean equal(Object left, Object right) {
        if (Values.isNumber(left) && Values.isNumber(right) && left.getClass() != right.getClass()) {
            return Values.compare(left, right) == 0;
        }
        if (left.getClass() != right.getClass() && Values.columnType(left).isPresent()) {
            throw mismatch("==", left, right);
        }
        return Values.same(left, right);
    }

    private static boolean ordered(String operator, Object left, Object right) {
        if (left instanceof Double a && a.isNaN() || right instanceof Double b && b.isNaN()) {
            return false;
        }
        if (left instanceof Boolean) {
            throw mismatch(operator, left, right);
        }
        int order = Values.compare(left, right);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean matches(Object text, Object pattern) {
        if (text instanceof String string && pattern instanceof Pattern regex) {
            return regex.matcher(string).find();
        }
        throw mismatch("=~", text, pattern);
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return floats(operator, a, b);
        }
        if (left instanceof Long a && right instanceof Long b) {
            return integers(operator, a, b);
        }
        if (left instanceof Unsigned a && right instanceof Unsigned b) {
            return unsigned(operator, a.bits(), b.bits());
        }
        if (left instanceof String a && right instanceof String b && operator.equals("+")) {
            Values.checkLength((long) a.length() + b.length());
            return a.concat(b);
        }
        throw mismatch(operator, left, right);
    }

    private static Object floats(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "%" -> a % b;
            default -> Math.pow(a, b);
        };
    }

    private static Object integers(String operator, long a, long b) {
        if (b == 0 && (operator.equals("/") || operator.equals("%"))) {
            throw FluxException.invalid("cannot divide by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "%" -> a % b;
            default -> Math.pow((double) a, (double) b);
        };
    }

    private static Object unsigned(String operator, long a, long b) {
        if (b == 0 && (operator.equals("/") || operator.equals("%"))) {
            throw FluxException.invalid("cannot divide by zero");
        }
        return switch (operator) {
            case "+" -> new Unsigned(a + b);
            case "-" -> new Unsigned(a - b);
            case "*" -> new Unsigned(a * b);
            case "/" -> new Unsigned(Long.divideUnsigned(a, b));
            case "%" -> new Unsigned(Long.remainderUnsigned(a, b));
            default -> Math.pow(new Unsigned(a).toDouble(), new Unsigned(b).toDouble());
        };
    }

    static Object unary(String operator, Object operand) {
        if (operator.equals("exists")) {
            return !(operand instanceof Null);
        }
        if (operand instanceof Null) {
            return operand;
        }
        if (operator.equals("not") && operand instanceof Boolean truth) {
            return !truth;
        }
        if (operator.equals("+") && (Values.isNumber(operand) || operand instanceof Span)) {
            return operand;
        }
        if (operator.equals("-")) {
            if (operand instanceof Double number) {
                return -number;
            }
            if (operand instanceof Long number) {
                return -number;
            }
            if (operand instanceof Span span) {
                return span.negate();
            }
        }
        throw FluxException.invalid("cannot apply '" + operator + "' to " + Values.typeName(operand));
    }

    private static FluxException mismatch(String operator, Object left, Object right) {
        return FluxException.invalid(
                "cannot apply '" + operator + "' to " + Values.typeName(left) + " and " + Values.typeName(right));
    }
}
