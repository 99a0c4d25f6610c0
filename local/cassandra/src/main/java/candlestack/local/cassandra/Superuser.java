package candlestack.local.cassandra;

import java.time.Duration;
import org.apache.cassandra.auth.AuthenticatedUser;
import org.apache.cassandra.auth.IRoleManager;
import org.apache.cassandra.auth.IRoleManager.Option;
import org.apache.cassandra.auth.RoleOptions;
import org.apache.cassandra.auth.RoleResource;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.exceptions.InvalidRequestException;

/** The role that a new node makes with a password that everybody knows. Ours is set before anybody can log in. */
final class Superuser {
    private static final RoleResource ROLE = RoleResource.role("cassandra");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Superuser() {}

    /** Sets the password, at every start: the secret is what counts. */
    static void setPassword(String password) throws InterruptedException {
        RoleOptions options = new RoleOptions();
        options.setOption(Option.SUPERUSER, true);
        options.setOption(Option.LOGIN, true);
        options.setOption(Option.PASSWORD, password);
        IRoleManager roles = DatabaseDescriptor.getRoleManager();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                roles.alterRole(AuthenticatedUser.SYSTEM_USER, ROLE, options);
                return;
            } catch (InvalidRequestException e) {
                // The role manager sets itself up in the background.
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }
}
