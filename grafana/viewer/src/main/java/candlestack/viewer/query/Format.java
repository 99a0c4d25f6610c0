package candlestack.viewer.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The formats of {@code ${variable:format}}, each writing a list of values as Grafana does. */
enum Format {
    GLOB {
        @Override
        String write(List<String> values) {
            return values.size() == 1 ? values.get(0) : "{" + String.join(",", values) + "}";
        }
    },
    CSV,
    RAW,
    TEXT {
        @Override
        String write(List<String> values) {
            return String.join(" + ", values);
        }
    },
    PIPE {
        @Override
        String write(List<String> values) {
            return String.join("|", values);
        }
    },
    REGEX {
        @Override
        String write(List<String> values) {
            String alternatives = values.stream()
                    .map(value -> value.replaceAll("[\\\\^$*+?.()|\\[\\]{}/]", "\\\\$0"))
                    .collect(Collectors.joining("|"));
            return values.size() == 1 ? alternatives : "(" + alternatives + ")";
        }
    },
    /** Grafana leaves backslashes and Flux's interpolation as they are; here they stay inside their literal. */
    DOUBLEQUOTE {
        @Override
        String write(List<String> values) {
            return quoted(
                    values,
                    value -> '"'
                            + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "\\${")
                            + '"');
        }
    },
    SQLSTRING {
        @Override
        String write(List<String> values) {
            return quoted(values, value -> "'" + value.replace("'", "''") + "'");
        }
    },
    PERCENTENCODE {
        @Override
        String write(List<String> values) {
            return URLEncoder.encode(GLOB.write(values), UTF_8).replace("+", "%20");
        }
    };

    String write(List<String> values) {
        return String.join(",", values);
    }

    /** Whether what is written is a whole literal, or cannot end one. */
    boolean quotes(Language language) {
        return switch (this) {
            case DOUBLEQUOTE -> language == Language.FLUX;
            case SQLSTRING -> language.quotesLikeSql();
            case PERCENTENCODE -> language == Language.URL;
            default -> false;
        };
    }

    static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    private static String quoted(List<String> values, UnaryOperator<String> quote) {
        return values.stream().map(quote).collect(Collectors.joining(","));
    }
}
