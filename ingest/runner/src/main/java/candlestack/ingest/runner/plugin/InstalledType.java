package candlestack.ingest.runner.plugin;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.SourceFactory;
import java.util.List;

/**
 * A type of source that is there to be used, with what its factory said of itself when it was found: a factory is not
 * asked again.
 *
 * @param origin {@value #BUILT_IN}, or the file under {@code plugins/} that it came from
 * @param startsByItself whether one instance runs where no entry of the configuration is of this type
 */
public record InstalledType(
        String name,
        String description,
        String version,
        ResumeKind resume,
        ConfigSpec config,
        boolean startsByItself,
        String origin,
        SourceFactory factory) {
    public static final String BUILT_IN = "built in";

    private static final String NAME = "[a-z][a-z0-9-]{0,99}";

    public InstalledType {
        requireNonNull(description, () -> "the description of '" + name + "' is null");
        requireNonNull(version, () -> "the version of '" + name + "' is null");
        requireNonNull(resume, () -> "how '" + name + "' resumes is null");
        requireNonNull(config, () -> "the options of '" + name + "' are null");
        requireNonNull(origin, "origin is null");
        requireNonNull(factory, "factory is null");
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("Invalid name of a type of source: '" + name
                    + "', expected lower-case letters, digits and hyphens");
        }
    }

    public static InstalledType builtIn(SourceFactory factory) {
        return of(factory, BUILT_IN, false);
    }

    static InstalledType plugged(SourceFactory factory, String origin) {
        return of(factory, origin, factory.startsByItself());
    }

    private static InstalledType of(SourceFactory factory, String origin, boolean startsByItself) {
        String name = requireNonNull(factory.name(), () -> "the name of " + factory.getClass() + " is null");
        ConfigSpec config = factory.config();
        return new InstalledType(
                name,
                factory.description(),
                factory.version(),
                factory.resume(),
                config,
                startsByItself && config.options().stream().noneMatch(Option::isRequired),
                origin,
                factory);
    }

    public List<String> optionNames() {
        return config.options().stream().map(Option::name).toList();
    }
}
