package candlestack.ingest.yahoo;

import static candlestack.ingest.testkit.yahoo.Fault.EMPTY_RESULT;
import static candlestack.ingest.testkit.yahoo.Fault.NOT_MODIFIED;
import static candlestack.ingest.testkit.yahoo.Fault.SERVER_ERROR;
import static candlestack.ingest.testkit.yahoo.Fault.TOO_MANY_REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Instrument;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.RecordingHost;
import candlestack.ingest.testkit.yahoo.Service;
import candlestack.ingest.testkit.yahoo.StubRequest;
import candlestack.ingest.testkit.yahoo.YahooStub;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YahooPollTest {
    @TempDir
    private Path directory;

    private final FakeClock clock = new FakeClock(Hosts.START);
    private RecordingHost context;
    private YahooStub stub;
    private SourceReader reader;

    @AfterEach
    void stop() {
        if (reader != null) {
            reader.close();
        }
        stub.close();
    }

    @Test
    void givesQuotesAndInstruments() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL,BTC-USD"));
        stub.market().trade("AAPL", "272.41", Hosts.START, 1000);
        polls.until(seen -> seen.quotes().size() >= 2 && seen.instruments().size() == 3);

        assertThat(polls.quotes("AAPL")).first().satisfies(quote -> {
            assertThat(quote.id()).isEqualTo("yahoo/AAPL#" + Hosts.START.toEpochMilli() + "000");
            assertThat(quote.price()).isEqualTo("272.41");
            assertThat(quote.time()).isEqualTo(Hosts.START);
            assertThat(quote.size()).isEmpty();
            assertThat(quote.currency()).contains("USD");
            assertThat(quote.exchange()).contains("NMS");
        });
        assertThat(polls.instruments())
                .filteredOn(instrument -> instrument.symbol().equals("AAPL"))
                .extracting(Instrument::name, Instrument::type, Instrument::sector)
                .containsExactly(
                        tuple(Optional.of("AAPL as the stub has it"), Optional.of("EQUITY"), Optional.empty()),
                        tuple(
                                Optional.of("AAPL as the stub has it"),
                                Optional.of("EQUITY"),
                                Optional.of("Technology")));
    }

    @Test
    void sendsAPriceOnceAndTheSizeOfWhatWasTradedSince() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL"));
        stub.market().trade("AAPL", "272.41", Hosts.START, 1000);
        polls.until(seen -> stub.requests(Service.QUOTE).size() >= 4);
        stub.market().trade("AAPL", "272.50", Hosts.START.plusSeconds(30), 1250);
        polls.until(seen -> seen.quotes().size() == 2);

        assertThat(polls.quotes().get(1).size()).contains(new BigDecimal("250"));
    }

    @Test
    void sendsNothingWhenNothingHasChanged() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL"));
        polls.until(seen -> seen.quotes().size() == 1);
        stub.fail(Service.QUOTE, NOT_MODIFIED, NOT_MODIFIED, NOT_MODIFIED);
        int asked = stub.requests(Service.QUOTE).size();
        polls.until(seen -> stub.requests(Service.QUOTE).size() >= asked + 3);

        assertThat(polls.quotes().size()).isLessThanOrEqualTo(2);
    }

    @Test
    void reportsAnUnknownSymbolOnceEvenOverARestart() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL,GONE"));
        polls.until(seen -> stub.requests(Service.QUOTE).size() >= 5);
        reader.close();
        reader = context.open(new YahooFactory(), Optional.empty());
        new Polls(reader).until(seen -> stub.requests(Service.QUOTE).size() >= 10);

        assertThat(context.reports())
                .containsExactly(
                        "Yahoo has no price for GONE: misspelt or delisted? They are asked for once a day from "
                                + "now on");
        assertThat(polls.quotes("AAPL")).isNotEmpty();
        assertThat(stub.requests(Service.QUOTE).get(4).query()).containsEntry("symbols", "AAPL");
    }

    @Test
    void doesNotCallASymbolUnknownForOneEmptyAnswer() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL"));
        stub.fail(Service.QUOTE, EMPTY_RESULT);
        polls.until(seen -> !seen.quotes().isEmpty());

        assertThat(context.reports()).isEmpty();
    }

    @Test
    void reportsADelistedSymbolThatIsListedWithoutAPrice() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL,MSFT"));
        stub.market().omit("MSFT", "regularMarketPrice");
        polls.until(seen -> !context.reports().isEmpty());

        assertThat(context.reports()).singleElement().asString().startsWith("Yahoo has no price for MSFT:");
        assertThat(polls.quotes("MSFT")).isEmpty();
    }

    @Test
    void givesTooManyRequestsToTheHostWithTheTimeToWait() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL"));
        stub.fail(Service.QUOTE, TOO_MANY_REQUESTS);

        assertThatThrownBy(() -> polls.until(seen -> false)).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
            assertThat(e.retryAfter()).contains(Duration.ofMinutes(2));
        });
    }

    @Test
    void goesOnByItselfAfterAFewErrorsOfTheServer() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL"));
        stub.fail(Service.QUOTE, SERVER_ERROR, SERVER_ERROR);
        polls.until(seen -> seen.quotes().size() == 2);

        assertThat(context.reports()).contains("Cannot ask 127.0.0.1/v7/finance/quote: status 503");
    }

    @Test
    void asksAClosedMarketLessOften() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL", "poll-interval", "15s"));
        stub.market().set("AAPL", "marketState", "CLOSED");
        polls.until(seen -> stub.requests(Service.QUOTE).size() >= 3);

        assertThat(clock.instant()).isAfterOrEqualTo(Hosts.START.plusSeconds(60));
    }

    @Test
    void fillsTheTimeItWasNotRunningInOrderAndOnce() throws Exception {
        Polls before = open(Map.of("symbols", "AAPL,MSFT", "backfill", "1d"));
        before.until(seen -> seen.position().isPresent() && !seen.quotes("MSFT").isEmpty());
        reader.close();
        Position position = before.position().orElseThrow();
        Instant until = Instant.parse(position.text("measured-until").orElseThrow());
        clock.advance(Duration.ofMinutes(30));
        Instant back = clock.instant();

        reader = context.open(new YahooFactory(), Optional.of(position));
        Polls after = new Polls(reader)
                .until(seen -> seen.quotes("AAPL").stream()
                                .anyMatch(quote -> !quote.time().isBefore(back))
                        && seen.quotes("MSFT").stream()
                                .anyMatch(quote -> !quote.time().isBefore(back)));

        List<Quote> filled = after.quotes("AAPL").stream()
                .filter(quote -> quote.time().isBefore(back))
                .toList();
        assertThat(filled.get(0).time()).isAfter(until).isBefore(until.plusSeconds(61));
        assertThat(filled).hasSizeBetween(4 * 29, 4 * 30);
        assertThat(after.quotes("AAPL")).extracting(Quote::time).isSorted();
        assertThat(after.quotes()).extracting(Quote::id).doesNotHaveDuplicates();
    }

    @Test
    void saysOnceThatThereIsNoNetworkAndFillsTheTimeWhenThereIsOneAgain() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL", "backfill", "1h"));
        polls.until(seen -> seen.position().isPresent());
        Instant gone = clock.instant();
        stub.close();
        polls.until(seen -> clock.instant().isAfter(gone.plus(Duration.ofMinutes(10))));
        Instant back = clock.instant();
        stub = YahooStub.start(stub.address().getPort(), clock);
        stub.market().share("AAPL", 200);
        polls.until(
                seen -> seen.quotes().stream().anyMatch(quote -> !quote.time().isBefore(back)));

        assertThat(context.reports())
                .satisfiesExactly(
                        said -> assertThat(said).matches("Cannot reach 127\\.0\\.0\\.1/.*: the connection was refused"),
                        said -> assertThat(said).isEqualTo("Yahoo answers again"));
        assertThat(polls.quotes()).extracting(Quote::time).isSorted();
        List<Instant> minutes = polls.quotes().stream()
                .map(quote -> quote.time().truncatedTo(ChronoUnit.MINUTES))
                .filter(minute -> minute.isAfter(gone) && minute.plusSeconds(60).isBefore(back))
                .toList();
        assertThat(minutes.stream().distinct()).hasSizeBetween(9, 11);
        assertThat(minutes).hasSize(4 * (int) minutes.stream().distinct().count());
    }

    @Test
    void fillsADayAtTheFirstStart() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL", "backfill", "1d"));
        polls.until(seen -> seen.quotes().size() > 4 * 1400);

        assertThat(polls.quotes().get(0).time()).isEqualTo("2026-11-19T15:01:00Z");
    }

    @Test
    void keepsThePositionUntilGapsAreFilled() throws Exception {
        Polls polls = open(Map.of("symbols", "AAPL,MSFT", "backfill", "1h"));
        stub.fail(Service.CHART, SERVER_ERROR);
        polls.until(seen -> seen.position().isPresent());

        assertThat(polls.quotes("AAPL")).hasSizeGreaterThan(4 * 58);
        assertThat(polls.quotes("MSFT")).hasSizeGreaterThan(4 * 58);
    }

    @Test
    void refusesAPositionThatItCannotRead() {
        assertThatThrownBy(() -> {
                    open(Map.of("symbols", "AAPL"));
                    context.open(new YahooFactory(), Optional.of(Position.of("row", 7)));
                })
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.POSITION_LOST))
                .hasMessage("Cannot read position {row=7}: expected measured-until and a time");
    }

    @Test
    void pollsTenThousandSymbolsWithinTheBudget() throws Exception {
        int symbols = 10_000;
        StringBuilder names = new StringBuilder();
        for (int n = 0; n < symbols; n++) {
            names.append(n == 0 ? "" : ",").append("S").append(n);
        }
        Polls polls = open(Map.of("symbols", names.toString()), symbols);
        polls.until(seen ->
                seen.position().isPresent() && stub.requests(Service.QUOTE).size() >= 250);

        long requests = stub.requests(Service.QUOTE).size() + 2L;
        Duration taken = Duration.between(Hosts.START, clock.instant());
        assertThat(requests).isLessThanOrEqualTo(20 * (taken.toSeconds() / 60 + 1));
        assertThat(requests).isGreaterThanOrEqualTo(15 * taken.toMinutes());
        assertThat(polls.quotes().stream().map(Quote::symbol).distinct()).hasSize(symbols);
        assertThat(stub.requests(Service.QUOTE).stream()
                        .map(StubRequest::query)
                        .map(query -> query.get("symbols").split(",").length))
                .containsOnly(100);
    }

    private Polls open(Map<String, String> options) throws SourceException, InterruptedException {
        return open(options, 0);
    }

    private Polls open(Map<String, String> options, int shares) throws SourceException, InterruptedException {
        stub = YahooStub.start(clock);
        Map<String, String> all = new TreeMap<>(options);
        all.put("base-url", stub.address().toString());
        context = Hosts.of(directory, clock, all);
        stub.market().share("AAPL", 200);
        stub.market().share("MSFT", 400);
        stub.market().coin("BTC-USD", 90_000);
        for (int n = 0; n < shares; n++) {
            stub.market().share("S" + n, 100);
        }
        reader = context.open(new YahooFactory(), Optional.empty());
        return new Polls(reader);
    }
}
