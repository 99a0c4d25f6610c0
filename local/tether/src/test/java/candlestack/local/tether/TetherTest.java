package candlestack.local.tether;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TetherTest {
    @Test
    void aTetheredProgramEndsWithItsLauncher() throws Exception {
        Process launcher =
                new ProcessBuilder(tethered("hold")).redirectErrorStream(true).start();
        assertThat(launcher.inputReader().readLine()).isEqualTo("ready [hold]");

        launcher.getOutputStream().close();

        assertThat(launcher.inputReader().readLine()).isEqualTo("The launcher is gone: stopping");
        assertThat(launcher.waitFor()).isEqualTo(3);
    }

    @Test
    void aTetheredProgramEndsWithItsOwnCode() throws Exception {
        Process launcher =
                new ProcessBuilder(tethered("refuse")).redirectErrorStream(true).start();

        assertThat(launcher.waitFor()).isEqualTo(2);
    }

    /** Stands in for a service's main class. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            if (arguments[0].equals("refuse")) {
                System.exit(2);
            }
            System.out.println("ready " + List.of(arguments));
            Thread.currentThread().join();
        }
    }

    private static List<String> tethered(String argument) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Tether.class.getName(),
                Program.class.getName(),
                argument);
    }
}
