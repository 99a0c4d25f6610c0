package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.Diagnosis.Outcome;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.yahoo.Fault;
import candlestack.ingest.testkit.yahoo.Service;
import candlestack.ingest.testkit.yahoo.YahooStub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YahooDoctorTest {
    @TempDir
    private Path directory;

    private final FakeClock clock = new FakeClock(Hosts.START);
    private final YahooStub stub = YahooStub.start(clock);

    @BeforeEach
    void list() {
        stub.market().share("AAPL", 200);
        stub.market().trade("AAPL", "272.41", Hosts.START, 1000);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void findsAllWell() throws Exception {
        List<Diagnosis> found = diagnose();

        assertThat(found).extracting(Diagnosis::outcome).containsOnly(Outcome.WELL);
        assertThat(found)
                .extracting(Diagnosis::subject)
                .containsExactly("symbols", "cookie", "crumb", "quote", "chart", "stream");
        assertThat(found.get(3).detail()).isEqualTo("AAPL was 272.41 at 2026-11-20T15:00:00Z");
    }

    @Test
    void triesTheConsentWhereTheCookiePageIsNotEnough() throws Exception {
        stub.wantConsent();

        assertThat(diagnose())
                .extracting(diagnosis -> diagnosis.subject() + " " + diagnosis.outcome())
                .containsExactly(
                        "symbols WELL",
                        "cookie WELL",
                        "crumb FAILED",
                        "cookie by consent WELL",
                        "crumb by consent WELL",
                        "quote WELL",
                        "chart WELL",
                        "stream WELL");
    }

    @Test
    void asksNothingWhileYahooIsToBeLeftAlone() throws Exception {
        stub.fail(Service.QUOTE, Fault.TOO_MANY_REQUESTS);
        assertThat(diagnose())
                .filteredOn(diagnosis -> diagnosis.subject().equals("quote"))
                .singleElement()
                .satisfies(diagnosis -> assertThat(diagnosis.detail())
                        .startsWith("Cannot ask 127.0.0.1/v7/finance/quote: too many requests (status 429)")
                        .endsWith("wait until then, and let no other program ask Yahoo from this address"));
        int asked = stub.requests(Service.COOKIE).size();

        assertThat(diagnose())
                .extracting(Diagnosis::subject, Diagnosis::outcome)
                .contains(tuple("requests", Outcome.WARNING));
        assertThat(stub.requests(Service.COOKIE)).hasSize(asked);
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        stub.close();

        assertThat(diagnose())
                .extracting(diagnosis -> diagnosis.subject() + " " + diagnosis.outcome())
                .containsExactly("symbols WELL", "cookie FAILED", "chart FAILED", "stream WARNING");
    }

    private List<Diagnosis> diagnose() throws Exception {
        Map<String, String> options =
                Map.of("symbols", "AAPL", "base-url", stub.address().toString());
        YahooFactory factory = new YahooFactory();
        return factory.create(Hosts.of(directory, clock, options)).diagnose();
    }
}
