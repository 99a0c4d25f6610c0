package candlestack.ingest.sources.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(NOW);

    @Test
    void playsEachOfTheHundredThousandSampleTrades() throws Exception {
        Recording recording = read(
                Map.of("file", "sample:bitstamp-2013", "symbol", "BTC-USD", "currency", "USD", "speed", "max"),
                Integer.MAX_VALUE);

        assertThat(recording.rejects()).isEmpty();
        assertThat(recording.quotes()).hasSize(100_000);
        assertThat(recording.quotes().get(0))
                .isEqualTo(Quote.of(
                                "replay/bitstamp_trades_from_20131125_usd.csv#1",
                                "BTC-USD",
                                Instant.parse("2013-11-25T00:00:00Z"),
                                new BigDecimal("800.010000000000"))
                        .size(new BigDecimal("0.100000000000"))
                        .currency("USD")
                        .build());
        assertThat(recording.quotes().get(99_999))
                .isEqualTo(Quote.of(
                                "replay/bitstamp_trades_from_20131125_usd.csv#100000",
                                "BTC-USD",
                                Instant.parse("2013-12-01T16:02:05Z"),
                                new BigDecimal("999.000000000000"))
                        .size(new BigDecimal("1.292633100000"))
                        .currency("USD")
                        .build());
        assertThat(recording.quotes().stream().map(Quote::price).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(sumOfSamplePrices());
    }

    @Test
    void readsWhatTheColumnsAreDeclaredToBe() throws Exception {
        Path file = write("quotes.csv", "B;1700000000123;AAPL;9.9;10.1;10;NYSE\nB;1700000000124;MSFT;;;20;NYSE\n");

        Recording recording = read(
                Map.of(
                        "file", file.toString(),
                        "header", "false",
                        "separator", ";",
                        "time-unit", "milliseconds",
                        "columns", "time=2,symbol=3,bid=4,ask=5,price=6",
                        "exchange", "NYSE"),
                2);

        assertThat(recording.quotes())
                .containsExactly(
                        Quote.of("replay/quotes.csv#1", "AAPL", Instant.ofEpochMilli(1700000000123L), BigDecimal.TEN)
                                .bid(new BigDecimal("9.9"))
                                .ask(new BigDecimal("10.1"))
                                .exchange("NYSE")
                                .build(),
                        Quote.of(
                                        "replay/quotes.csv#2",
                                        "MSFT",
                                        Instant.ofEpochMilli(1700000000124L),
                                        new BigDecimal("20"))
                                .exchange("NYSE")
                                .build());
    }

    @Test
    void findsColumnsWithUsualNamesInAnyOrder() throws Exception {
        Path file = write("t.csv", "\uFEFFSymbol,Amount,Date,Close\r\nX,3,2026-01-05 09:30:00,1.50\r\n");

        Recording recording = read(Map.of("file", file.toString()), 1);

        assertThat(recording.quotes())
                .containsExactly(
                        Quote.of("replay/t.csv#1", "X", Instant.parse("2026-01-05T09:30:00Z"), new BigDecimal("1.50"))
                                .size(new BigDecimal("3"))
                                .build());
    }

    @Test
    void refusesMalformedRowsWithTheirLineAndKeepsTheOthers() throws Exception {
        Path file = write(
                "t.csv",
                "time,price,size,symbol\n1,10,1,A\n2,abc,1,A\n\nyesterday,10,1,A\n4,10\n5,,1,A\n6,10,1,\n"
                        + "7,\"10\",1,\"A\nB\"\n8,10,x,A\n9,\"10,1,A\n10,10,1,A\n");

        Recording recording = read(Map.of("file", file.toString(), "speed", "max"), Integer.MAX_VALUE);

        assertThat(recording.quotes())
                .extracting(Quote::id, Quote::symbol)
                .containsExactly(
                        tuple("replay/t.csv#1", "A"), tuple("replay/t.csv#7", "A\nB"), tuple("replay/t.csv#10", "A"));
        assertThat(recording.rejects())
                .extracting(Reject::id, Reject::reason)
                .containsExactly(
                        tuple("replay/t.csv#2", "Cannot read line 3 of t.csv: price 'abc' is not a number"),
                        tuple(
                                "replay/t.csv#3",
                                "Cannot read line 5 of t.csv: 'yesterday' is no time in ISO-8601 or since 1970"),
                        tuple(
                                "replay/t.csv#4",
                                "Cannot read line 6 of t.csv: expected at least 4 columns but there are 2"),
                        tuple("replay/t.csv#5", "Cannot read line 7 of t.csv: no price"),
                        tuple("replay/t.csv#6", "Cannot read line 8 of t.csv: no symbol"),
                        tuple("replay/t.csv#8", "Cannot read line 11 of t.csv: size 'x' is not a number"),
                        tuple(
                                "replay/t.csv#9",
                                "Cannot read line 12 of t.csv: not CSV: Unclosed quoted field at end of input"));
        assertThat(recording.rejects().get(0).raw()).isEqualTo("2,abc,1,A".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAGzippedFileByItsContent() throws Exception {
        Path file = folder.resolve("t.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("time,price\n1,10\n2,11\n".getBytes(StandardCharsets.UTF_8));
        }

        Recording recording = read(Map.of("file", file.toString(), "symbol", "X"), 2);

        assertThat(recording.quotes())
                .extracting(Quote::price)
                .containsExactly(new BigDecimal("10"), new BigDecimal("11"));
    }

    @Test
    void playsAtItsOwnPaceTimesTheSpeed() throws Exception {
        Path file = write("t.csv", "time,price\n1000,10\n1060,11\n1180,12\n");
        RecordingHost host = host(Map.of("file", file.toString(), "symbol", "X", "speed", "60"));

        try (SourceReader reader = host.open(new ReplayFactory(), Optional.empty())) {
            assertThat(host.batches(reader, 1).get(0).events()).hasSize(1);
            assertThat(clock.instant()).isEqualTo(NOW);
            assertThat(host.batches(reader, 1).get(0).events()).hasSize(1);
            assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(1));
            assertThat(host.batches(reader, 1).get(0).events()).hasSize(1);
            assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(3));
        }
    }

    @Test
    void saysOnceThatTheEndIsReachedAndThenIsIdle() throws Exception {
        Path file = write("t.csv", "time,price\n1,10\n");
        RecordingHost host = host(Map.of("file", file.toString(), "symbol", "X"));

        try (SourceReader reader = host.open(new ReplayFactory(), Optional.empty())) {
            Recording recording = host.read(reader, Integer.MAX_VALUE);
            assertThat(recording.quotes()).hasSize(1);
            assertThat(reader.poll(Duration.ofMillis(1)).isEmpty()).isTrue();
        }
        assertThat(host.reports()).containsOnly("reached the end of t.csv after row 1");
    }

    @Test
    void saysThatAFileBecameShorterThanWhatWasPlayed() throws Exception {
        Path file = write("t.csv", "time,price\n1,10\n");
        RecordingHost host = host(Map.of("file", file.toString(), "symbol", "X"));
        Position position = new Position(Map.of("file", "t.csv", "row", "7"));

        try (SourceReader reader = host.open(new ReplayFactory(), Optional.of(position))) {
            assertThat(reader.poll(Duration.ofMillis(1)).isEmpty()).isTrue();
        }
        assertThat(host.reports())
                .containsExactly(
                        "cannot go on in t.csv: it ends at row 1, before row 7 that was played last; if it was "
                                + "replaced, give it another name");
    }

    @Test
    void namesWhatIsWrongWithTheFile() throws Exception {
        Path file = write("t.csv", "when,what\n1,10\n");

        assertMisconfigured(
                Map.of("file", "/nowhere/t.csv", "symbol", "X"), "Cannot replay '/nowhere/t.csv': no such file");
        assertMisconfigured(
                Map.of("file", file.toString(), "symbol", "X", "columns", "time=wen, price=what"),
                "Cannot replay '" + file + "': no column 'wen' for time among [when, what]");
        assertMisconfigured(
                Map.of("file", file.toString(), "symbol", "X"),
                "Cannot replay '" + file + "': option 'columns' does not say which of [when, what] is the time");
        assertMisconfigured(
                Map.of("file", "sample:nothing", "symbol", "X"),
                "Cannot replay 'sample:nothing': no such sample; there is [sample:bitstamp-2013]");
    }

    @Test
    void aTruncatedFileIsAnErrorAfterTheLastWholeRow() throws Exception {
        Path whole = folder.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write("time,price\n1,10\n2,11\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path file = Files.write(folder.resolve("t.csv.gz"), Arrays.copyOf(bytes, bytes.length - 8));
        RecordingHost host = host(Map.of("file", file.toString(), "symbol", "X", "speed", "max"));

        try (SourceReader reader = host.open(new ReplayFactory(), Optional.empty())) {
            assertThatThrownBy(() -> host.read(reader, 10))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("Cannot read line 4 of t.csv.gz: the zipped data end too early");
        }
    }

    private void assertMisconfigured(Map<String, String> options, String message) throws Exception {
        RecordingHost host = host(options);
        assertThatThrownBy(() -> host.open(new ReplayFactory(), Optional.empty()))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.MISCONFIGURED))
                .hasMessage(message);
    }

    private static BigDecimal sumOfSamplePrices() throws IOException {
        byte[] sample = ReplayTest.class
                .getResourceAsStream("bitstamp_trades_from_20131125_usd.csv")
                .readAllBytes();
        return new String(sample, StandardCharsets.US_ASCII)
                .lines()
                .skip(1)
                .map(line -> new BigDecimal(line.split(",")[1]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Recording read(Map<String, String> options, int count) throws Exception {
        RecordingHost host = host(options);
        try (SourceReader reader = host.open(new ReplayFactory(), Optional.empty())) {
            return host.read(reader, count);
        }
    }

    private RecordingHost host(Map<String, String> options) throws Exception {
        return RecordingHost.of(new ReplayFactory(), new HashMap<>(options), clock, folder.resolve("own"));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
