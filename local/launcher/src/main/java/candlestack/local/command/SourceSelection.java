package candlestack.local.command;

import candlestack.config.Keys;
import candlestack.config.SourceSettings;
import candlestack.config.Suggestions;
import candlestack.local.LauncherException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which of the configured sources run this time; becomes settings that come before the file's. */
final class SourceSelection {
    private static final String MARKET = "market";
    private static final String SERIES = "series";

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "STREAM",
            description =
                    "Only these streams, market, votes, users, devices, series, with the sources that feed them and"
                            + " the stores they need; or a source's name, with its stream.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--source",
            split = ",",
            paramLabel = "NAME",
            description = "Only these sources: of the configuration, disabled ones too, or installed types.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--symbols",
            paramLabel = "A,B,...",
            description = "The symbols of the one source that --source names.")
    private String symbols;

    /** @throws LauncherException when a name is unknown */
    Map<String, String> overrides(List<SourceSettings> configured) {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (!only.isEmpty()) {
            Set<String> known = new LinkedHashSet<>(streams());
            configured.forEach(source -> known.addAll(List.of(source.name(), source.type())));
            requireKnown("--only", only, known);
            enable(configured, source -> source.enabled() && isOfStream(source), overrides);
            overrides.put(Keys.ANALYTICS_STREAMS.name(), String.join(",", streams(configured)));
            // What a plugin sends without an entry is a series, as far as anybody can know.
            overrides.put(Keys.PLUGINS_AUTOSTART.name(), String.valueOf(only.contains(SERIES)));
        }
        if (!sources.isEmpty()) {
            enable(configured, source -> sources.contains(source.name()), overrides);
            overrides.put(Keys.PLUGINS_AUTOSTART.name(), "false");
            sources.forEach(name -> addUnlessMistyped(name, configured, overrides));
        }
        if (symbols != null) {
            if (sources.size() != 1) {
                throw LauncherException.usage("Cannot apply --symbols: say with --source which source they are for");
            }
            overrides.put("sources." + sources.get(0) + ".symbols", symbols);
        }
        return overrides;
    }

    /** A source that nobody configured is of the type that its name says, with that type's defaults. */
    private static void addUnlessMistyped(String name, List<SourceSettings> configured, Map<String, String> overrides) {
        List<String> known = configured.stream().map(SourceSettings::name).toList();
        String hint = Suggestions.hint(name, known);
        if (!known.contains(name) && !hint.isEmpty()) {
            throw LauncherException.usage("Invalid --source: '" + name + "'" + hint);
        }
        overrides.put("sources." + name + ".enabled", "true");
    }

    private boolean isOfStream(SourceSettings source) {
        return only.contains(source.name())
                || only.contains(source.type())
                || streamsOf(source).stream().anyMatch(only::contains);
    }

    /** What a source feeds. Of a type that is not ours, a plugin's, nobody can know whether it sends quotes or series. */
    static List<String> streamsOf(SourceSettings source) {
        return switch (source.type()) {
            case "replay", "market", "yahoo" -> List.of(MARKET);
            case "votes", "users", "devices" -> List.of(source.type());
            case "http", "kafka" -> List.of(emitsQuotes(source) ? MARKET : SERIES);
            default -> List.of(MARKET, SERIES);
        };
    }

    private static boolean emitsQuotes(SourceSettings source) {
        return Optional.ofNullable(source.options().get("emit"))
                .filter(emit -> emit.value().strip().equals("quotes"))
                .isPresent();
    }

    /** What is to be computed: the streams that were named, and those of the sources that were. */
    private Set<String> streams(List<SourceSettings> configured) {
        Set<String> streams = new LinkedHashSet<>(only);
        streams.retainAll(streams());
        for (SourceSettings source : configured) {
            if (only.contains(source.name()) || only.contains(source.type())) {
                streams.addAll(streamsOf(source));
            }
        }
        return streams;
    }

    private static List<String> streams() {
        return Keys.ANALYTICS_STREAMS.parser().apply(Keys.ANALYTICS_STREAMS.defaultValue());
    }

    private static void enable(
            List<SourceSettings> configured, Predicate<SourceSettings> wanted, Map<String, String> overrides) {
        configured.forEach(
                source -> overrides.put("sources." + source.name() + ".enabled", String.valueOf(wanted.test(source))));
    }

    private static void requireKnown(String option, List<String> names, Iterable<String> known) {
        List<String> list = new ArrayList<>();
        known.forEach(list::add);
        for (String name : names) {
            if (!list.contains(name)) {
                throw LauncherException.usage("Invalid " + option + ": '" + name + "', expected some of "
                        + String.join(", ", list) + Suggestions.hint(name, list));
            }
        }
    }
}
