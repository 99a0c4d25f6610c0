package candlestack.ingest.yahoo;

import static candlestack.ingest.testkit.yahoo.Fault.SERVER_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.RecordingHost;
import candlestack.ingest.testkit.yahoo.Service;
import candlestack.ingest.testkit.yahoo.StubTick;
import candlestack.ingest.testkit.yahoo.YahooStub;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YahooStreamTest {
    /** The stub's polled prices are older than all that is streamed here. */
    private static final Instant BEFORE = Hosts.START.minusSeconds(10);

    private final YahooStub stub = YahooStub.start(Clock.fixed(BEFORE, ZoneOffset.UTC));

    @TempDir
    private Path directory;

    private final FakeClock clock = new FakeClock(Hosts.START);
    private RecordingHost context;
    private SourceReader reader;

    @AfterEach
    void stop() {
        if (reader != null) {
            reader.close();
        }
        stub.close();
    }

    @Test
    void givesWhatIsStreamed() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        stub.stream(tick("AAPL", 272.41f, 1, 1000));
        stub.stream(tick("AAPL", 272.50f, 2, 1250));
        polls.until(seen -> seen.quotes().size() >= 3);

        assertThat(polls.quotes()).last().satisfies(quote -> {
            assertThat(quote.price()).isEqualTo("272.50");
            assertThat(quote.size()).contains(new BigDecimal("250"));
            assertThat(quote.time()).isEqualTo(Hosts.START.plusMillis(2));
            assertThat(quote.currency()).contains("USD");
        });
    }

    @Test
    void dropsTheOldFirstSnapshotOfASubscription() throws Exception {
        Polls polls = open("auto", "AAPL");
        polls.until(seen -> seen.quotes().size() == 1);
        awaitSubscription(polls, Set.of("AAPL"));
        stub.stream(tick("AAPL", 250f, -3 * 86_400_000, 900));
        stub.stream(tick("AAPL", 272.41f, 1, 1000));
        polls.until(seen -> seen.quotes().size() >= 2);

        assertThat(polls.quotes()).extracting(Quote::price).doesNotContain(new BigDecimal("250.00"));
    }

    @Test
    void sharesSymbolsOutOverConnectionsOfAHundred() throws Exception {
        String symbols = IntStream.range(0, 250).mapToObj(n -> "S" + n).collect(Collectors.joining(","));
        Polls polls = open("auto", symbols);
        polls.until(seen -> stub.subscriptions().stream().mapToInt(Set::size).sum() == 250);

        assertThat(stub.subscriptions()).extracting(Set::size).containsExactlyInAnyOrder(100, 100, 50);
    }

    @Test
    void makesDeadLettersOfMalformedFramesAndGoesOn() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        stub.streamText("{\"type\":\"pricing\"");
        stub.streamText("{\"type\":\"pricing\",\"message\":\"%%%\"}");
        stub.streamText(new StubTick("", 0, 0, "", "", 7, 0, 0, 0).frame());
        stub.stream(tick("AAPL", 272.41f, 1, 1000));
        polls.until(seen -> seen.rejects().size() == 2 && seen.quotes().size() >= 2);

        assertThat(polls.rejects().get(0)).satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("Cannot read a frame of Yahoo's streamer: it is no whole JSON");
            assertThat(new String(reject.raw(), StandardCharsets.UTF_8)).isEqualTo("{\"type\":\"pricing\"");
            assertThat(reject.id()).matches("yahoo/stream/[0-9a-f]{16}");
        });
        assertThat(polls.rejects().get(1).reason()).endsWith("its message is no base64");
    }

    @Test
    void pollsWhileTheStreamIsDownAndReturnsByItself() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        polls.until(seen -> seen.instruments().size() == 2);
        stub.market().trade("AAPL", "280", Hosts.START.plusSeconds(5), 2000);
        stub.fail(Service.STREAM, SERVER_ERROR, SERVER_ERROR);
        stub.dropStreams();
        polls.until(
                seen -> seen.quotes().stream().anyMatch(quote -> quote.price().intValue() == 280));

        while (stub.subscriptions().stream().noneMatch(Set.of("AAPL")::equals)) {
            clock.advance(Duration.ofSeconds(1));
            polls.once();
        }
        stub.stream(tick("AAPL", 281f, 6000, 2100));
        polls.until(
                seen -> seen.quotes().stream().anyMatch(quote -> quote.price().intValue() == 281));

        assertThat(polls.quotes())
                .last()
                .satisfies(quote -> assertThat(quote.size()).contains(new BigDecimal("100")));
        assertThat(context.reports()).contains("1 symbols are streamed, all others polled");
    }

    @Test
    void connectsAgainAfterBytesThatAreNoFrame() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        stub.streamGarbage();
        polls.until(seen -> context.reports().stream().anyMatch(text -> text.startsWith("Cannot stream from")));

        while (stub.subscriptions().stream().noneMatch(Set.of("AAPL")::equals)) {
            clock.advance(Duration.ofSeconds(1));
            polls.once();
        }
    }

    @Test
    void noticesAStreamThatSaysNothingAnyMore() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        stub.silenceStreams();
        clock.advance(Duration.ofSeconds(46));
        polls.until(seen ->
                context.reports().contains("Cannot stream from 127.0.0.1: nothing came for 45 s; trying again"));

        assertThat(stub.requests(Service.QUOTE)).isNotEmpty();
    }

    @Test
    void staysConnectedThroughAQuietMarketWhereAPingIsAnswered() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        passQuietly(polls, Duration.ofMinutes(3));

        assertThat(context.reports()).noneMatch(text -> text.startsWith("Cannot stream"));
    }

    @Test
    void noticesAStreamThatIsBehindThePolledPrices() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        stub.stream(tick("AAPL", 272.41f, 1, 1000));
        polls.until(seen -> seen.quotes().size() >= 2);
        passQuietly(polls, Duration.ofMinutes(4));
        stub.market().trade("AAPL", "290", Hosts.START.plusSeconds(230), 9000);
        while (!isBehind()) {
            int answered = stub.pings();
            clock.advance(Duration.ofSeconds(20));
            polls.until(seen -> stub.pings() > answered || isBehind());
        }

        assertThat(polls.quotes())
                .last()
                .satisfies(quote -> assertThat(quote.price()).isEqualTo("290"));
    }

    @Test
    void streamsOnWhileYahooIsLeftAlone() throws Exception {
        Backoff refused = new Backoff(directory, new SplittableRandom(1));
        refused.failed(ErrorKind.RATE_LIMITED, Optional.of(Duration.ofHours(1)), Hosts.START);
        Polls polls = open("stream", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        stub.stream(tick("AAPL", 272.41f, 1, 1000));
        polls.until(seen -> seen.quotes().size() == 1);

        assertThat(stub.requests(Service.QUOTE)).isEmpty();
    }

    @Test
    void refusesToStreamMoreThanAThousandSymbols() {
        String symbols = IntStream.range(0, 1001).mapToObj(n -> "S" + n).collect(Collectors.joining(","));

        assertThatThrownBy(() -> open("stream", symbols))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.MISCONFIGURED))
                .hasMessage("Cannot stream 1001 symbols: at most 1000 are; set mode to auto or poll, or watch fewer");
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        Polls polls = open("auto", "AAPL");
        awaitSubscription(polls, Set.of("AAPL"));
        reader.close();
        reader.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("yahoo-yahoo");
    }

    private static StubTick tick(String symbol, float price, long millisAfterStart, long volume) {
        long time = Hosts.START.toEpochMilli() + millisAfterStart;
        return new StubTick(symbol, price, time, "", "NMS", 8, 1, volume, 2);
    }

    private void awaitSubscription(Polls polls, Set<String> symbols) throws Exception {
        polls.until(seen -> stub.subscriptions().contains(symbols));
    }

    private boolean isBehind() {
        return context.reports().stream().anyMatch(text -> text.startsWith("The stream of 1 symbols is behind"));
    }

    /** Nothing is streamed meanwhile, but pings are answered. */
    private void passQuietly(Polls polls, Duration time) throws Exception {
        for (long seconds = 0; seconds < time.toSeconds(); seconds += 20) {
            int answered = stub.pings();
            clock.advance(Duration.ofSeconds(20));
            polls.until(seen -> stub.pings() > answered);
        }
    }

    private Polls open(String mode, String symbols) throws SourceException, InterruptedException {
        stub.market().share("AAPL", 200);
        Map<String, String> options = new TreeMap<>(Map.of("mode", mode, "symbols", symbols));
        options.put("base-url", stub.address().toString());
        context = Hosts.of(directory, clock, options);
        reader = context.open(new YahooFactory(), Optional.empty());
        return new Polls(reader);
    }
}
