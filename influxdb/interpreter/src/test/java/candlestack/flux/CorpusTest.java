package candlestack.flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Runs the public Flux test corpus, the folder {@code stdlib} of the language's repository, as it stands and once more
 * with the data written to a store and read from it. What passes is listed in corpus-passing.txt.
 */
@EnabledIfEnvironmentVariable(named = "FLUX_CORPUS_DIR", matches = ".+")
class CorpusTest {
    private final Set<String> expected = Corpus.passing();
    private final Set<String> unexpected = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();

    @TestFactory
    Stream<DynamicTest> everyListedCasePasses() throws IOException {
        Corpus corpus = new Corpus(Path.of(System.getenv("FLUX_CORPUS_DIR")));
        List<DynamicTest> tests = new ArrayList<>();
        for (Corpus.Case testcase : corpus.cases()) {
            tests.add(test(testcase.name(), () -> Corpus.run(corpus, testcase)));
            if (Corpus.loads(testcase)) {
                tests.add(test(testcase.name() + " stored", () -> Corpus.runStored(corpus, testcase)));
            }
        }
        tests.add(DynamicTest.dynamicTest("every listed case is in the corpus", () -> {
            unexpected.forEach(name -> System.out.println("passes, but is not listed: " + name));
            assertThat(seen).containsAll(expected);
        }));
        return tests.stream();
    }

    private DynamicTest test(String name, Runnable run) {
        return DynamicTest.dynamicTest(name, () -> {
            seen.add(name);
            try {
                run.run();
            } catch (RuntimeException | AssertionError e) {
                if (expected.contains(name)) {
                    fail("passed before: " + name, e);
                }
                return;
            }
            if (!expected.contains(name)) {
                unexpected.add(name);
            }
        });
    }
}
