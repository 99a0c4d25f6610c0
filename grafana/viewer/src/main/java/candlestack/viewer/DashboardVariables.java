package candlestack.viewer;

import candlestack.viewer.files.Dashboard;
import candlestack.viewer.query.Interval;
import candlestack.viewer.query.QueryException;
import candlestack.viewer.query.TimeRange;
import candlestack.viewer.query.VariableValue;
import candlestack.viewer.query.Variables;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a browser chose, held against the variables that a dashboard's file defines. */
final class DashboardVariables {
    private static final String ALL = "$__all";

    private DashboardVariables() {}

    /** @throws QueryException for a value that the file does not allow */
    static Variables resolve(Dashboard dashboard, Map<String, List<String>> chosen, TimeRange range) {
        List<VariableValue> values = new ArrayList<>();
        for (JsonNode variable : dashboard.variables()) {
            List<String> chosenValues = chosen.get(variable.path("name").asText());
            if (chosenValues != null) {
                values.add(value(variable, chosenValues));
            } else if (isFixed(variable)) {
                values.add(value(variable, List.of(variable.path("query").asText())));
            }
        }
        values.add(builtIn("__from", Long.toString(range.from().toEpochMilli())));
        values.add(builtIn("__to", Long.toString(range.to().toEpochMilli())));
        values.add(builtIn("__range", Interval.text(range.length())));
        values.add(builtIn("__range_s", Long.toString(range.length().toSeconds())));
        values.add(builtIn("__range_ms", Long.toString(range.length().toMillis())));
        return new Variables(values);
    }

    private static VariableValue value(JsonNode variable, List<String> chosen) {
        String name = variable.path("name").asText();
        boolean list = variable.path("multi").asBoolean()
                || variable.path("includeAll").asBoolean();
        if (chosen.equals(List.of(ALL))) {
            return new VariableValue(name, List.of(allValue(variable, name)), list, true);
        }
        if (chosen.size() > 1 && !list) {
            throw new QueryException("Invalid variable '" + name + "': it takes one value, not " + chosen.size());
        }
        switch (variable.path("type").asText()) {
            case "interval" -> chosen.forEach(Interval::parse);
            case "custom" -> chosen.forEach(value -> requireOption(variable, name, value));
            case "constant" -> requireConstant(variable, name, chosen);
            default -> {}
        }
        return new VariableValue(name, chosen, list, false);
    }

    private static String allValue(JsonNode variable, String name) {
        if (!variable.hasNonNull("allValue")) {
            throw new QueryException("Invalid variable '" + name + "': All needs the list of its values");
        }
        return variable.get("allValue").asText();
    }

    private static void requireOption(JsonNode variable, String name, String value) {
        for (String option : variable.path("query").asText().split("(?<!\\\\),")) {
            String text = option.strip();
            int colon = text.indexOf(" : ");
            if (value.equals(colon < 0 ? text : text.substring(colon + 3).strip())) {
                return;
            }
        }
        throw new QueryException("Invalid variable '" + name + "': '" + value + "' is none of "
                + variable.path("query").asText());
    }

    private static void requireConstant(JsonNode variable, String name, List<String> chosen) {
        if (!chosen.equals(List.of(variable.path("query").asText()))) {
            throw new QueryException("Invalid variable '" + name + "': it is a constant");
        }
    }

    private static boolean isFixed(JsonNode variable) {
        return variable.path("type").asText().equals("constant");
    }

    private static VariableValue builtIn(String name, String value) {
        return new VariableValue(name, List.of(value), false, true);
    }
}
