package candlestack.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * An entry for candlestack.yaml that shows all options of a type of source: what has to be filled in stands there with
 * nothing behind it, what has a default is commented out, and a secret is a reference to where it is.
 */
final class SampleEntry {
    private SampleEntry() {}

    static String of(JsonNode type) {
        String name = type.path("name").asText();
        StringBuilder yaml = new StringBuilder("sources:\n");
        yaml.append("  # ").append(type.path("description").asText()).append('\n');
        yaml.append("  ").append(name).append(":\n");
        yaml.append("    type: ").append(name).append('\n');
        yaml.append("    # enabled: true\n");
        type.path("options").forEach(option -> append(option, name, yaml));
        return yaml.toString();
    }

    private static void append(JsonNode option, String type, StringBuilder yaml) {
        yaml.append('\n');
        yaml.append("    # ").append(option.path("description").asText()).append('\n');
        yaml.append("    # Accepts ").append(option.path("accepted").asText()).append('\n');
        boolean required = option.path("required").asBoolean();
        String value = option.path("secret").asBoolean()
                ? "${" + variable(type + "_" + option.path("name").asText()) + "}  # or ${file:/path/of/a/file}"
                : quoted(option.path("default").asText(""));
        yaml.append("    ").append(required ? "" : "# ");
        yaml.append(option.path("name").asText()).append(':');
        yaml.append(value.isEmpty() ? "" : " " + value);
        yaml.append(required && value.isEmpty() ? "  # required\n" : "\n");
    }

    private static String variable(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** As YAML wants it where a plain text would mean something else. A dollar sign begins a reference. */
    private static String quoted(String value) {
        String written = value.replace("$", "$$");
        return written.isEmpty() || written.matches("[A-Za-z0-9/._+-]([A-Za-z0-9 /._+@%^=,-]|:(?! ))*")
                ? written
                : "'" + written.replace("'", "''") + "'";
    }
}
