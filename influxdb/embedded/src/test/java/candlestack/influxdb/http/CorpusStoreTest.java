package candlestack.influxdb.http;

import candlestack.flux.Corpus;
import candlestack.flux.storage.Storage;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.store.Store;
import candlestack.influxdb.store.StoreOptions;
import candlestack.influxdb.store.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The listed cases of the public Flux corpus with their data written to this store and read from it. */
@EnabledIfEnvironmentVariable(named = "FLUX_CORPUS_DIR", matches = ".+")
class CorpusStoreTest {
    @TempDir
    Path directory;

    private Catalog catalog;
    private Catalog.Onboarding owner;
    private Store store;

    @BeforeEach
    void open() {
        catalog = Catalog.open(directory.resolve("catalog.json"), Clock.systemUTC());
        owner = catalog.onboard("user", "org", Corpus.BUCKET, Duration.ZERO, "");
        store = Store.open(directory, StoreOptions.forHeap(256 << 20, SyncPolicy.EVERY_SECOND), List.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @TestFactory
    Stream<DynamicTest> everyListedCasePassesThroughTheStore() throws IOException {
        Corpus corpus = new Corpus(Path.of(System.getenv("FLUX_CORPUS_DIR")));
        Set<String> listed = Corpus.passing();
        return corpus.cases().stream()
                .filter(testcase -> listed.contains(testcase.name() + " stored"))
                .map(testcase -> DynamicTest.dynamicTest(
                        testcase.name(), () -> Corpus.runStored(corpus, testcase, emptyBucket())));
    }

    private Storage emptyBucket() {
        Bucket old = catalog.bucket(owner.organization(), Corpus.BUCKET).orElseThrow();
        catalog.deleteBucket(old.id());
        store.dropBucket(old.number());
        Bucket made = catalog.createBucket(owner.organization().id(), Corpus.BUCKET, "", Duration.ZERO);
        store.createBucket(made.spec());
        return new FluxStorage(
                catalog, store, owner.organization(), owner.authorization().authorization(), () -> {});
    }
}
