package candlestack.setup;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.setup.SchemaFiles.SchemaFile;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class SchemaFilesTest {
    @Test
    void bothStoresHaveTheirVersionsInOrder() {
        for (String store : List.of("cassandra", "mongodb")) {
            List<Integer> versions =
                    SchemaFiles.load(store).stream().map(SchemaFile::version).toList();
            assertThat(versions).isSorted().doesNotHaveDuplicates().startsWith(1);
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
