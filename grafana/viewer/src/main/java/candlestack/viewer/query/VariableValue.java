package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a variable stands for in one request.
 *
 * @param values what was chosen; several only where the variable allows several
 * @param list whether SQL gets a quoted list of it even when it is one value, as Grafana does for multi and All
 * @param trusted whether the text comes from the dashboard's file, as an allValue does, and is used as it is
 */
public record VariableValue(String name, List<String> values, boolean list, boolean trusted) {
    public VariableValue {
        requireNonNull(name, "name is null");
        values = List.copyOf(values);
        for (String value : values) {
            if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new QueryException("Invalid value of variable '" + name + "': it has control characters");
            }
        }
    }
}
