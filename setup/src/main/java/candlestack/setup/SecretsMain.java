package candlestack.setup;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Makes the secrets that the stores start with: the first one-shot job of the containers. Keeps those that exist. */
public final class SecretsMain {
    private static final int FAILED = 1;
    private static final int INVALID_CONFIGURATION = 2;

    private SecretsMain() {}

    public static void main(String[] args) {
        System.exit(run(System.getenv()));
    }

    static int run(Map<String, String> environment) {
        try {
            Settings settings = SetupMain.settings(environment);
            Optional<Path> folder = settings.get(Keys.SECRETS_HANDOUT).map(Path::of);
            if (folder.isEmpty()) {
                System.err.println("Cannot hand out secrets: " + Keys.SECRETS_HANDOUT.name() + " is not set");
                return INVALID_CONFIGURATION;
            }
            SecretsHandout handout = new SecretsHandout(new Secrets(settings.secretsDirectory()), folder.get());
            handout.generate();
            handout.run();
            System.out.println("The secrets are in " + settings.secretsDirectory() + " and " + folder.get());
            return 0;
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            return INVALID_CONFIGURATION;
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage() + ": " + e.getCause().getMessage());
            return FAILED;
        }
    }
}
