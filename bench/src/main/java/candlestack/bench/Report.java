package candlestack.bench;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.Locale;

/** One line a figure: what, how much, of what. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    void machine() {
        out.printf(
                Locale.ROOT,
                "machine: %d cores, Java %s, %s %s%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    void progress(String message) {
        out.println("  ... " + message);
    }

    void figure(String name, double value, String unit) {
        out.printf(Locale.ROOT, "%-58s %,12.1f %s%n", name, value, unit);
    }
}
