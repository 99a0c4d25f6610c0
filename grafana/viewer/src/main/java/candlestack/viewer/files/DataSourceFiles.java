package candlestack.viewer.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code provisioning/datasources/*.yaml}: which uid is of which kind. Addresses come from the settings. */
public final class DataSourceFiles {
    private DataSourceFiles() {}

    /** @throws IllegalStateException naming the file that cannot be read */
    public static List<DataSource> read(Path grafana) {
        Path directory = grafana.resolve("provisioning").resolve("datasources");
        List<DataSource> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .forEach(file -> found.addAll(readFile(file)));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the data sources in " + directory + ": " + e.getMessage(), e);
        }
        return found;
    }

    private static List<DataSource> readFile(Path file) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            List<DataSource> found = new ArrayList<>();
            if (root instanceof Map<?, ?> map && map.get("datasources") instanceof List<?> list) {
                list.forEach(entry -> found.add(dataSource((Map<?, ?>) entry)));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        } catch (YamlEngineException | ClassCastException e) {
            throw new IllegalStateException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static DataSource dataSource(Map<?, ?> entry) {
        Map<?, ?> json = entry.get("jsonData") instanceof Map<?, ?> map ? map : Map.of();
        return new DataSource(
                text(entry, "uid"),
                text(entry, "name"),
                text(entry, "type"),
                text(json, "defaultBucket"),
                text(json, "timeInterval"));
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }
}
