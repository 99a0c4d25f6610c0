package candlestack.viewer.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardFilesTest {
    @TempDir
    Path directory;

    private long now;

    @Test
    void readsAFileAgainWhenItHasChanged() throws IOException {
        DashboardFiles files = new DashboardFiles(directory, () -> now);
        write("market/a.json", "{\"uid\":\"a\",\"title\":\"One\"}", 1);
        String first = files.find("a").orElseThrow().version();

        write("market/a.json", "{\"uid\":\"a\",\"title\":\"Two\"}", 2);
        assertThat(files.find("a").orElseThrow().title()).isEqualTo("One");
        now += Duration.ofSeconds(1).toNanos();

        assertThat(files.find("a").orElseThrow().title()).isEqualTo("Two");
        assertThat(files.find("a").orElseThrow().version()).isNotEqualTo(first);
    }

    @Test
    void aBrokenFileIsAProblemOfItsOwn() throws IOException {
        DashboardFiles files = new DashboardFiles(directory, () -> now);
        write("market/a.json", "{\"uid\":\"a\",\"title\":\"One\"}", 1);
        write("market/b.json", "{\"uid\":\"a\",\"title\":\"Two\"}", 1);
        write("market/c.json", "{\"uid\":", 1);
        write("d.json", "{\"title\":\"no uid\"}", 1);

        assertThat(files.all()).extracting(Dashboard::title).containsExactly("One");
        assertThat(files.problems())
                .hasSize(3)
                .contains(
                        "market/b.json: uid 'a' is taken by market/a.json",
                        "d.json: a dashboard needs a uid and a title")
                .anySatisfy(problem -> assertThat(problem).startsWith("market/c.json: Unexpected end-of-input"));
    }

    @Test
    void saysThatTheFolderIsNotThere() {
        DashboardFiles files = new DashboardFiles(directory.resolve("none"), () -> now);

        assertThat(files.all()).isEmpty();
        assertThat(files.home()).isEmpty();
        assertThat(files.problems())
                .containsExactly("Cannot read the dashboards in " + directory.resolve("none") + ": "
                        + directory.resolve("none"));
    }

    private void write(String file, String content, int second) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_700_000_000 + second)));
    }
}
