package candlestack.local.doctor;

import candlestack.config.Settings;
import candlestack.local.LauncherException;
import candlestack.local.postgres.PostgresServer;
import candlestack.local.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the machine offers: Java, Maven, memory, disk, and a user that PostgreSQL can run as. */
final class MachineChecks {
    private static final int OLDEST_JAVA = 17;
    private static final long MEBIBYTE = 1 << 20;
    private static final long NEEDED_MEMORY = 4096 * MEBIBYTE;
    private static final long MEMORY_OF_USER_STORES = 768 * MEBIBYTE;
    private static final long NEEDED_DISK = 500 * MEBIBYTE;
    private static final long COMFORTABLE_DISK = 5120 * MEBIBYTE;

    private MachineChecks() {}

    static Finding java() {
        String found = System.getProperty("java.version") + ", " + System.getProperty("java.home");
        return Runtime.version().feature() >= OLDEST_JAVA
                ? Finding.ok("java", found)
                : Finding.failed("java", found + "; needs " + OLDEST_JAVA + " or later: set JAVA_HOME");
    }

    static Finding maven() {
        return Programs.find("mvn")
                .map(program -> Finding.ok("maven", program.toString()))
                .orElse(Finding.warning("maven", "no mvn on the PATH: what is built runs, but nothing can be built"));
    }

    /** @param running whether the stack has its share already */
    static Finding memory(boolean running, Settings settings) {
        long needed = NEEDED_MEMORY + (settings.wantsUserStores() ? MEMORY_OF_USER_STORES : 0);
        Optional<Long> available = availableMemory();
        if (available.isEmpty()) {
            return Finding.warning("memory", "this machine does not tell how much is available");
        }
        String found = available.get() / MEBIBYTE + " MiB available";
        return running || available.get() >= needed
                ? Finding.ok("memory", found)
                : Finding.warning(
                        "memory",
                        found + "; this stack wants " + needed / MEBIBYTE + " MiB: 'up --only market' does without"
                                + " Cassandra and MongoDB, which take " + MEMORY_OF_USER_STORES / MEBIBYTE + " MiB");
    }

    static Finding disk(Path home) throws IOException {
        long usable = Files.getFileStore(existing(home)).getUsableSpace();
        String found = usable / MEBIBYTE + " MiB free for " + home;
        if (usable < NEEDED_DISK) {
            return Finding.failed("disk", found + ": make room, or set CANDLESTACK_HOME to a folder elsewhere");
        }
        return usable < COMFORTABLE_DISK
                ? Finding.warning("disk", found + ": a week of quotes may need more")
                : Finding.ok("disk", found);
    }

    static Finding home(Path home) {
        Path place = existing(home);
        return Files.isWritable(place)
                ? Finding.ok("home", home.toString())
                : Finding.failed(
                        "home",
                        place + " cannot be written by this user: set CANDLESTACK_HOME to a folder of your own");
    }

    static Finding postgresUser() throws IOException, InterruptedException {
        try {
            return Finding.ok("postgres user", PostgresServer.user());
        } catch (LauncherException e) {
            return Finding.failed("postgres user", e.getMessage());
        }
    }

    private static Optional<Long> availableMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path existing(Path path) {
        Path place = path;
        while (!Files.exists(place)) {
            place = place.getParent();
        }
        return place;
    }
}
