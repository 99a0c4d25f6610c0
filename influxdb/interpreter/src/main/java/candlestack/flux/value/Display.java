package candlestack.flux.value;

import candlestack.flux.FluxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What {@code display} gives: any value as text to be looked at; what has more than three parts, a line for each. */
public final class Display {
    private static final int MOST_ON_A_LINE = 3;
    private static final String INDENT = "    ";
    private static final int LEAST_EXPONENT = -4;
    private static final int MOST_EXPONENT = 20;

    private Display() {}

    /** @throws FluxException of kind UNSUPPORTED for a function, whose text is its type */
    public static String of(Object value) {
        return of(value, 0);
    }

    private static String of(Object value, int depth) {
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            list.forEach(element -> parts.add(of(element, depth + 1)));
            return enclosed("[", parts, ",", "]", depth);
        }
        if (value instanceof RecordValue record) {
            List<String> parts = new ArrayList<>();
            for (String name : new TreeSet<>(record.names())) {
                parts.add(name + ": " + of(record.get(name), depth + 1));
            }
            return enclosed("{", parts, ",", "}", depth);
        }
        if (value instanceof DictValue dict) {
            List<String> parts = new ArrayList<>();
            dict.entries().forEach((key, entry) -> parts.add(of(key, depth + 1) + ": " + of(entry, depth + 1)));
            return parts.isEmpty() ? "[:]" : enclosed("[", parts, ", ", "]", depth);
        }
        if (value instanceof FunctionValue) {
            throw new FluxException(FluxException.Kind.UNSUPPORTED, "display of a function is not supported");
        }
        return Values.display(value);
    }

    /** @param lineEnd what stands between parts that have a line each: for dictionaries, with a space at its end */
    private static String enclosed(String open, List<String> parts, String lineEnd, String close, int depth) {
        if (parts.size() <= MOST_ON_A_LINE) {
            return open + String.join(", ", parts) + close;
        }
        String line = "\n" + INDENT.repeat(depth + 1);
        return open + line + String.join(lineEnd + line, parts) + "\n" + INDENT.repeat(depth) + close;
    }

    /** Very large and very small numbers have an exponent here. */
    private static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return Values.format(value);
        }
        BigDecimal decimal = new BigDecimal(Values.format(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= LEAST_EXPONENT && exponent <= MOST_EXPONENT) {
            return Values.format(value);
        }
        String mantissa = decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
