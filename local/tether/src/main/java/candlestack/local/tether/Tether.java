package candlestack.local.tether;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The main class of every child JVM: runs the service's own main and ends the process when the launcher is gone.
 *
 * <p>The launcher holds the other end of standard input and never writes to it, so the end of the stream is the death
 * of the launcher, {@code kill -9} included. Uses the JDK alone: it runs on the class path of other programs.
 */
public final class Tether {
    private static final long GRACE_SECONDS = 10;
    private static final int LAUNCHER_GONE = 3;

    private Tether() {}

    /** @param args the service's main class, then its arguments */
    public static void main(String[] args) throws Throwable {
        Thread watch = new Thread(Tether::endWithTheLauncher, "tether");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void endWithTheLauncher() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; a stray byte means nothing.
            }
        } catch (IOException e) {
            System.out.println("Cannot watch the launcher: " + e.getMessage());
        }
        System.out.println("The launcher is gone: stopping");
        Thread last = new Thread(Tether::haltAfterGrace, "tether-last");
        last.setDaemon(true);
        last.start();
        System.exit(LAUNCHER_GONE);
    }

    /** A shutdown hook that hangs must not keep the process. */
    private static void haltAfterGrace() {
        try {
            TimeUnit.SECONDS.sleep(GRACE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(LAUNCHER_GONE);
    }
}
