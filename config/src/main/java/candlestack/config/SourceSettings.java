package candlestack.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * One entry under {@code sources:} as it is written; the source's own factory gives the options their types.
 *
 * @param name the instance, such as {@code btc}
 * @param type the factory, such as {@code replay}; the instance's name where the file does not say
 * @param options what is neither {@code type} nor {@code enabled}
 * @param where the place of the entry, for messages
 */
public record SourceSettings(String name, String type, boolean enabled, Map<String, Located> options, String where) {
    public SourceSettings {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        options = Map.copyOf(options);
        requireNonNull(where, "where is null");
    }
}
