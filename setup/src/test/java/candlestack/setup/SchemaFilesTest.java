package candlestack.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.setup.SchemaFiles.SchemaFile;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {
    @TempDir
    Path folder;

    @Test
    void bothStoresHaveTheirVersionsInOrder() {
        for (String store : List.of("cassandra", "mongodb")) {
            List<Integer> versions =
                    SchemaFiles.load(store).stream().map(SchemaFile::version).toList();
            assertThat(versions).isSorted().doesNotHaveDuplicates().startsWith(1);
        }
    }

    @Test
    void aJarIsReadWhateverItsFolderIsCalled() throws IOException {
        Path jar = Files.createDirectories(folder.resolve("my clone 100% #1")).resolve("setup.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("cassandra/"));
            zip.putNextEntry(new ZipEntry("cassandra/V1__first.cql"));
            zip.write("CREATE a;".getBytes(UTF_8));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(SchemaFiles.load(loader.getResource("cassandra"), "cassandra"))
                    .containsExactly(new SchemaFile(1, "V1__first.cql", "CREATE a;"));
        }
    }

    /** Cassandra cannot undo half a version: the whole of it runs again. */
    @Test
    void everyStatementMayRunTwice() {
        for (SchemaFile file : SchemaFiles.load("cassandra")) {
            assertThat(CqlScript.statements(file.text()))
                    .isNotEmpty()
                    .allMatch(statement -> statement.contains(" IF NOT EXISTS "));
        }
    }

    @Test
    void statementsAreSplitAtTheEndsOfLinesAndCommentsAreNone() {
        assertThat(CqlScript.statements("-- one; two\nCREATE a (\n  b text -- c;\n);\n\nDROP d;"))
                .containsExactly("CREATE a (\n  b text\n)", "DROP d");
    }

    @Test
    void theFileOfMongoIsReadable() {
        Document file = Document.parse(SchemaFiles.load("mongodb").get(0).text());

        assertThat(file.getList("collections", Document.class))
                .extracting(collection -> collection.getString("name"))
                .containsExactly("raw_profiles", "by_nationality", "age_groups", "email_domains");
    }
}
