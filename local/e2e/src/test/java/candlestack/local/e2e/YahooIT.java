package candlestack.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.ingest.testkit.yahoo.YahooStub;
import candlestack.local.e2e.Checkout.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source for Yahoo Finance through the whole stack, with a stand-in for Yahoo, and beside it one with nobody. */
class YahooIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> SYMBOLS = List.of("AAPL", "BTC-USD", "MSFT");

    @TempDir
    Path folder;

    private YahooStub yahoo;
    private Checkout checkout;

    @BeforeEach
    void prepare() throws Exception {
        yahoo = YahooStub.start(Clock.systemUTC());
        yahoo.market().share("AAPL", 230);
        yahoo.market().share("MSFT", 415);
        yahoo.market().coin("BTC-USD", 95_000);
        checkout = new Checkout(folder)
                .with("sources.yahoo.base-url", yahoo.address().toString())
                .with("sources.yahoo.mode", "poll")
                .with("sources.yahoo.poll-interval", "1s")
                .with("sources.yahoo.requests-per-minute", "600")
                .with("sources.yahoo.backfill", "30m")
                // Nobody listens at port 1 of any machine.
                .with("sources.offline.type", "yahoo")
                .with("sources.offline.base-url", "http://127.0.0.1:1")
                .with("sources.offline.enabled", "true");
    }

    @AfterEach
    void stop() throws Exception {
        checkout.run("down");
        assertThat(checkout.processes()).isEmpty();
        yahoo.close();
    }

    @Test
    void quotesBecomeBarsAndASourceWithoutANetworkIsSaidOnceAndHarmsNone() throws Exception {
        Instant begun = Instant.now();
        Outcome started = checkout.up("--source", "yahoo", "--symbols", String.join(",", SYMBOLS));

        assertThat(started.code()).isZero();
        assertThat(started.out().lines().filter(line -> line.startsWith("offline:")))
                .singleElement()
                .asString()
                .matches("offline: Cannot (reach|stream from) 127.*: the connection was refused.*");
        Rows rows = new Rows(checkout);
        // The half hour before, four quotes a minute; the minute it began in is measured.
        Instant from = begun.minus(Duration.ofMinutes(25)).truncatedTo(ChronoUnit.MINUTES);
        Instant to = begun.truncatedTo(ChronoUnit.MINUTES);
        String filled = "select symbol, count(*) as minutes, min(trades) as least, max(trades) as most"
                + " from market.bars where interval = '1m' and closed and ts >= '" + from + "' and ts < '" + to
                + "' group by symbol order by symbol";
        await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(rows.sql(filled))
                        .extracting(JsonNode::toString)
                        .containsExactlyElementsOf(SYMBOLS.stream()
                                .map(symbol -> "{\"symbol\":\"" + symbol + "\",\"minutes\":25,\"least\":4,\"most\":4}")
                                .toList()));
        String measured = "select count(distinct symbol) as n from market.bars where interval = '1m' and ts >= '"
                + begun.plusSeconds(60).truncatedTo(ChronoUnit.MINUTES) + "'";
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(2)).until(() -> rows.sqlNumber(measured) == 3);
        assertThat(rows.sql("select symbol, type from market.instruments order by symbol")
                        .toString())
                .isEqualTo("[{\"symbol\":\"AAPL\",\"type\":\"EQUITY\"},{\"symbol\":\"BTC-USD\",\"type\":"
                        + "\"CRYPTOCURRENCY\"},{\"symbol\":\"MSFT\",\"type\":\"EQUITY\"}]");
        assertThat(rows.sqlNumber("select count(*) as n from pipeline.dead_letters"))
                .isZero();
        assertThat(checkout.output("logs", "ingest").lines().filter(line -> line.contains("'offline'")))
                .hasSize(2)
                .anyMatch(line -> line.endsWith("Cannot reach 127.0.0.1/: the connection was refused"))
                .anyMatch(line ->
                        line.endsWith("Cannot stream from 127.0.0.1: the connection was refused; trying again"));
    }
}
