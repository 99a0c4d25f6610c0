package candlestack.viewer.files;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The dashboards below a folder, one level of folders deep; read again when a file has changed. Thread-safe. */
public final class DashboardFiles {
    /** As Grafana's GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH names it. */
    public static final String HOME = "market/market-overview.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path directory;
    private final LongSupplier nanoTime;
    private Map<Path, FileTime> stamps = Map.of();
    private List<Dashboard> dashboards = List.of();
    private List<String> problems = List.of();
    private long checkedAt;
    private boolean loaded;

    /** @param nanoTime a clock, as {@link System#nanoTime} */
    public DashboardFiles(Path directory, LongSupplier nanoTime) {
        this.directory = requireNonNull(directory, "directory is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    /** By folder, then title. */
    public synchronized List<Dashboard> all() {
        refresh();
        return dashboards;
    }

    /** What is wrong with the files; a file with a problem is left out of {@link #all()}. */
    public synchronized List<String> problems() {
        refresh();
        return problems;
    }

    public Optional<Dashboard> find(String uid) {
        return all().stream().filter(dashboard -> dashboard.uid().equals(uid)).findFirst();
    }

    /** The dashboard at {@link #HOME}, else the first. */
    public Optional<Dashboard> home() {
        return all().stream()
                .min(Comparator.comparing(dashboard -> !dashboard.file().equals(HOME)));
    }

    private void refresh() {
        long now = nanoTime.getAsLong();
        if (loaded && now - checkedAt < CHECK_NANOS) {
            return;
        }
        checkedAt = now;
        List<String> found = new ArrayList<>();
        Map<Path, FileTime> current = stamps(found);
        if (!loaded || !current.equals(stamps)) {
            stamps = current;
            load(found);
        }
        loaded = true;
    }

    private Map<Path, FileTime> stamps(List<String> found) {
        Map<Path, FileTime> current = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".json")) {
                    current.put(file, Files.getLastModifiedTime(file));
                }
            }
        } catch (IOException e) {
            found.add("Cannot read the dashboards in " + directory + ": " + e.getMessage());
        }
        return current;
    }

    private void load(List<String> found) {
        Map<String, Dashboard> byUid = new LinkedHashMap<>();
        for (Path file : stamps.keySet()) {
            try {
                Dashboard dashboard = read(file);
                Dashboard other = byUid.putIfAbsent(dashboard.uid(), dashboard);
                if (other != null) {
                    found.add(dashboard.file() + ": uid '" + dashboard.uid() + "' is taken by " + other.file());
                }
            } catch (IOException e) {
                found.add(directory.relativize(file) + ": " + e.getMessage());
            }
        }
        dashboards = byUid.values().stream()
                .sorted(Comparator.comparing(Dashboard::folder).thenComparing(Dashboard::title))
                .toList();
        problems = List.copyOf(found);
    }

    private Dashboard read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        JsonNode json = JSON.readTree(content);
        Path relative = directory.relativize(file);
        if (json.path("uid").asText().isEmpty() || json.path("title").asText().isEmpty()) {
            throw new IOException("a dashboard needs a uid and a title");
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return new Dashboard(
                json.path("uid").asText(),
                json.path("title").asText(),
                relative.getNameCount() > 1 ? relative.getName(0).toString() : "",
                relative.toString().replace('\\', '/'),
                Long.toHexString(checksum.getValue()),
                json);
    }
}
