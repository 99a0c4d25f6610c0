package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.regex.Matcher;

/** Writes Grafana's {@code v} record and interval macros into a Flux query. */
final class FluxText {
    private final String organization;
    private final String defaultBucket;

    FluxText(String organization, String defaultBucket) {
        this.organization = requireNonNull(organization, "organization is null");
        this.defaultBucket = requireNonNull(defaultBucket, "defaultBucket is null");
    }

    String interpolate(String flux, Scope scope) {
        String text = scope.variables().interpolate(flux, Language.FLUX);
        Map<String, String> options = Map.of(
                "v.timeRangeStart",
                scope.range().from().toString(),
                "v.timeRangeStop",
                scope.range().to().toString(),
                "v.windowPeriod",
                Interval.goText(scope.interval()),
                "v.defaultBucket",
                '"' + defaultBucket + '"',
                "v.bucket",
                '"' + defaultBucket + '"',
                "v.organization",
                '"' + organization + '"');
        for (Map.Entry<String, String> option : options.entrySet()) {
            text = text.replaceAll(
                    "\\b" + option.getKey().replace(".", "\\.") + "\\b", Matcher.quoteReplacement(option.getValue()));
        }
        return text.replace("$__interval_ms", Long.toString(scope.interval().toMillis()))
                .replace("$__interval", Interval.text(scope.interval()));
    }
}
