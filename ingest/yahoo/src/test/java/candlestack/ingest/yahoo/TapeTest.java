package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.Quote;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

    private static final Clock CLOCK = Clock.fixed(TEN.plus(Duration.ofDays(2)), ZoneOffset.UTC);

    private final Tape tape = new Tape("yahoo", CLOCK);

    @Test
    void numbersAQuoteByItsTime() {
        assertThat(tape.quote(price("190.5", TEN, 1000)))
                .contains(Quote.of("yahoo/AAPL#" + TEN.toEpochMilli() + "000", "AAPL", TEN, new BigDecimal("190.5"))
                        .build());
    }

    @Test
    void givesTheSameIdAfterARestart() {
        Snapshot snapshot = price("190.5", TEN, 1000);

        assertThat(new Tape("yahoo", CLOCK).quote(snapshot)).isEqualTo(tape.quote(snapshot));
    }

    @Test
    void aPriceFromTheFutureIsGivenOnceAndSilencesNoneAfterIt() {
        Tape now = new Tape("yahoo", Clock.fixed(TEN, ZoneOffset.UTC));
        Snapshot future = price("190.5", TEN.plusSeconds(61), 1000);

        assertThat(now.quote(future)).map(Quote::time).contains(TEN.plusSeconds(61));
        assertThat(now.quote(future)).isEmpty();
        assertThat(now.quote(price("190.6", TEN, 1000))).isPresent();
        assertThat(now.quote(price("190.7", TEN.plusSeconds(60), 1000))).isPresent();
    }

    @Test
    void countsUpWithinTheSameTime() {
        tape.quote(price("190.5", TEN, 1000));

        assertThat(tape.quote(price("190.6", TEN, 1100)))
                .map(Quote::id)
                .contains("yahoo/AAPL#" + (TEN.toEpochMilli() * 1000 + 1));
    }

    @Test
    void dropsWhatComesTwiceOrLate() {
        tape.quote(price("190.5", TEN, 1000));

        assertThat(tape.quote(price("190.50", TEN, 1000))).isEmpty();
        assertThat(tape.quote(price("190.4", TEN.minusSeconds(1), 900))).isEmpty();
        assertThat(tape.dropped()).isEqualTo(2);
    }

    @Test
    void dropsAStreamedPriceThatWasPolledWithoutItsMilliseconds() {
        tape.quote(price("190.5", TEN, 1000));

        assertThat(tape.quote(price("190.5", TEN.plusMillis(320), 1000))).isEmpty();
        assertThat(tape.quote(price("190.6", TEN.plusMillis(320), 1000))).isPresent();
    }

    @Test
    void takesTheSizeFromTheGrowthOfTheDaysVolume() {
        assertThat(size(price("190.5", TEN, 1000))).isEmpty();
        assertThat(size(price("190.6", TEN.plusSeconds(1), 1250))).contains(new BigDecimal("250"));
        assertThat(size(price("190.7", TEN.plusSeconds(2), 1250))).isEmpty();
    }

    @Test
    void hasNoNegativeSizeWhenTheVolumeIsCorrected() {
        tape.quote(price("190.5", TEN, 1000));

        assertThat(size(price("190.6", TEN.plusSeconds(1), 900))).isEmpty();
        assertThat(size(price("190.7", TEN.plusSeconds(2), 950))).contains(new BigDecimal("50"));
    }

    @Test
    void countsAnewInANewSession() {
        tape.quote(price("190.5", TEN, 1000));

        assertThat(size(price("190.6", TEN.plus(Duration.ofHours(17)), 400))).contains(new BigDecimal("400"));
        assertThat(size(price("190.7", TEN.plus(Duration.ofHours(34)), 1400))).contains(new BigDecimal("1400"));
    }

    @Test
    void knowsANewSessionThoughPricesCameBeforeIt() {
        tape.quote(price("190.5", TEN, 1_000_000));
        Instant early = TEN.plus(Duration.ofHours(16));
        tape.quote(new Snapshot(
                "AAPL",
                early,
                new BigDecimal("191"),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("NMS"),
                Phase.PRE));

        assertThat(size(price("191.5", early.plusSeconds(60), 5000))).contains(new BigDecimal("5000"));
    }

    @Test
    void marksPricesAroundRegularHours() {
        Snapshot late = new Snapshot(
                "AAPL",
                TEN,
                new BigDecimal("191"),
                OptionalLong.empty(),
                Optional.of(new BigDecimal("190.9")),
                Optional.of(new BigDecimal("191.1")),
                Optional.of("USD"),
                Optional.of("NMS"),
                Phase.POST);

        assertThat(tape.quote(late)).hasValueSatisfying(quote -> {
            assertThat(quote.exchange()).contains("NMS:POST");
            assertThat(quote.bid()).contains(new BigDecimal("190.9"));
            assertThat(quote.ask()).contains(new BigDecimal("191.1"));
            assertThat(quote.currency()).contains("USD");
        });
    }

    @Test
    void neverFillsOverWhatWasMeasured() {
        tape.quote(price("190.5", TEN, 1000));

        assertThat(tape.filled("AAPL", TEN.minusSeconds(60), BigDecimal.TEN, 5, Optional.empty()))
                .isEmpty();
        assertThat(tape.filled("AAPL", TEN, BigDecimal.TEN, 5, Optional.empty()))
                .isEmpty();
        assertThat(tape.filled("AAPL", TEN.plusSeconds(60), BigDecimal.TEN, 5, Optional.empty()))
                .isPresent();
    }

    @Test
    void doesNotCountTwiceWhatBarsHaveFilled() {
        tape.quote(price("190.5", TEN, 1000));
        tape.filled("AAPL", TEN.plusSeconds(60), BigDecimal.TEN, 700, Optional.empty());

        assertThat(size(price("190.6", TEN.plusSeconds(120), 1750))).isEmpty();
        assertThat(size(price("190.7", TEN.plusSeconds(121), 1760))).contains(new BigDecimal("10"));
    }

    private Optional<BigDecimal> size(Snapshot snapshot) {
        return tape.quote(snapshot).orElseThrow().size();
    }

    private static Snapshot price(String price, Instant time, long dayVolume) {
        return new Snapshot(
                "AAPL",
                time,
                new BigDecimal(price),
                OptionalLong.of(dayVolume),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Phase.REGULAR);
    }
}
