package candlestack.ingest.api;

/**
 * A kind of source, found by {@link java.util.ServiceLoader}: it needs a public constructor without parameters and a
 * line in {@code META-INF/services/candlestack.ingest.api.SourceFactory}.
 *
 * <p>No method does input or output or starts a thread: the host also asks factories only to list them.
 */
public interface SourceFactory {
    /** What {@code type:} in candlestack.yaml names: lower-case letters, digits and hyphens, such as {@code replay}. */
    String name();

    /** One sentence for {@code ./candlestack sources}. */
    String description();

    /** The version that {@code ./candlestack sources} lists; by default that of the jar, where it says one. */
    default String version() {
        String version = getClass().getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** The options it takes. The host binds and checks them before {@link #create} is called. */
    ConfigSpec config();

    /** What becomes of events that occur while the source is not running. */
    ResumeKind resume();

    /**
     * Whether the host runs one instance of it, under its own name, where candlestack.yaml has no entry of this type:
     * then a jar that is dropped into the folder of plugins gives data at once. False by default. It is asked only
     * where no option is required, and only of plugins. An entry with {@code enabled: false} keeps it off.
     */
    default boolean startsByItself() {
        return false;
    }

    /**
     * Makes an instance; connects to nothing. Called on the thread of that instance.
     *
     * @throws SourceException of kind {@link ErrorKind#MISCONFIGURED} if the options cannot work together; better is a
     *     rule of the {@link ConfigSpec}, which is reported together with all other problems
     */
    Source create(SourceContext context) throws SourceException;
}
